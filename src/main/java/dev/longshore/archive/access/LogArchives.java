package dev.longshore.archive.access;

import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.LogArchive;
import dev.longshore.archive.file.FileArchive;
import dev.longshore.archive.s3.S3Archive;

/** Opens archives. */
public final class LogArchives {
    private LogArchives() {}

    /** Contacts nothing, so that a store that is not available stops nobody. To be closed by the caller. */
    public static LogArchive open(ArchiveOptions options) {
        return options.isS3() ? new S3Archive(options) : new FileArchive(options.uri());
    }
}
