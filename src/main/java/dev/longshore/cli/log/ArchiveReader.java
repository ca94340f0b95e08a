package dev.longshore.cli.log;

import dev.longshore.archive.ArchiveException;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.Archived;
import dev.longshore.archive.LogArchive;
import dev.longshore.archive.access.LogArchives;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.log.ArchivedLog;
import java.util.List;
import java.util.Optional;

/** Reads logs from the archive that the person named, if any, with that person's own access. */
public final class ArchiveReader implements AutoCloseable {
    private final Optional<ArchiveOptions> options;
    private final Optional<LogArchive> archive;

    /** How much of a log was written. */
    enum Amount {
        NOTHING,
        PART,
        ALL
    }

    /**
     * @param problem in words for the person; empty where there is none: there is no archive, or no such log in it
     * @param isDamaged whether the file is there, and not as it was written
     */
    record Copied(Amount amount, String problem, boolean isDamaged) {
        static final Copied NOT_THERE = new Copied(Amount.NOTHING, "", false);
    }

    public ArchiveReader(Optional<ArchiveOptions> options) {
        this.options = options;
        archive = options.map(LogArchives::open);
    }

    /** For those who did not name any. */
    public static ArchiveReader none() {
        return new ArchiveReader(Optional.empty());
    }

    /** As the person wrote it; empty without an archive. */
    Optional<String> uri() {
        return options.map(named -> named.uri().toString());
    }

    /** Where the log of this key is or would be; empty without an archive. */
    Optional<String> url(ArchiveKey key) {
        return archive.map(opened -> opened.url(key));
    }

    /** As {@link LogArchive#list}; empty without an archive. */
    List<Archived> list(String namespace, String job) {
        return archive.map(opened -> opened.list(namespace, job)).orElse(List.of());
    }

    /** Writes what the query wants of a log. */
    Copied copy(ArchiveKey key, LogQuery query, LogOutput output) {
        if (archive.isEmpty()) {
            return Copied.NOT_THERE;
        }
        var url = archive.get().url(key);
        var entries = new ArchivedEntries(() -> open(key), query, output::append);
        try {
            if (!entries.copy()) {
                return Copied.NOT_THERE;
            }
        } catch (ArchiveException e) {
            return new Copied(
                    amount(entries),
                    entries.isOpened() ? "failed to read the log at " + url + ": " + e.getMessage() : e.getMessage(),
                    false);
        } catch (ArchivedLog.BrokenException e) {
            return new Copied(amount(entries), "failed to read the log at " + url + ": " + e.getMessage(), true);
        } finally {
            output.flush();
        }
        return entries.skipped() == 0
                ? new Copied(Amount.ALL, "", false)
                : new Copied(
                        Amount.PART,
                        "the log at " + url + " has " + entries.skipped()
                                + " lines in another format, which are not shown",
                        true);
    }

    private static Amount amount(ArchivedEntries entries) {
        return entries.isWritten() ? Amount.PART : Amount.NOTHING;
    }

    private Optional<ArchivedLog> open(ArchiveKey key) {
        return archive.flatMap(opened -> opened.open(key)).map(ArchivedLog::new);
    }

    @Override
    public void close() {
        archive.ifPresent(LogArchive::close);
    }
}
