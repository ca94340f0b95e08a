package dev.longshore.archive;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where complete logs are stored, an object for each attempt. An object is there as a whole or not at all. May be used by any
 * thread. Opening one contacts nothing: what is wrong with the store shows in each call.
 *
 * <p>All methods may throw {@link ArchiveException}, and end within a few minutes if the store does not respond.
 */
public interface LogArchive extends AutoCloseable {
    /** The newest objects that {@link #list} returns. */
    int LISTED = 1_000;

    /** Where the object of this key is or would be, such as {@code s3://bucket/prefix/namespace/job/uid/1.log.gz}. */
    String url(ArchiveKey key);

    /** The bytes of the object, or empty if it is not there. */
    OptionalLong size(ArchiveKey key);

    /** Starts an upload, and removes what a killed process left of an earlier one of the same key. */
    ArchiveUpload upload(ArchiveKey key);

    /**
     * The bytes of the object as they were uploaded, or empty if it is not there. Reading may throw {@link ArchiveException}.
     * To be closed by the caller.
     */
    Optional<InputStream> open(ArchiveKey key);

    /**
     * The objects of all jobs of this name, by the time they were stored, then by attempt, newest first, at most {@link
     * #LISTED}. Other files and objects there are ignored.
     *
     * @throws IllegalArgumentException if a name cannot be part of a key
     */
    List<Archived> list(String namespace, String job);

    /** Deletes the object, if it is there. */
    void delete(ArchiveKey key);

    /** Closes connections. */
    @Override
    void close();
}
