package dev.longshore.local;

import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.LogArchive;
import dev.longshore.archive.access.LogArchives;
import dev.longshore.job.archiving.ArchiveAccess;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where a run writes whole logs: a folder that is made where it is not there, or nowhere. */
final class LocalLogs implements AutoCloseable {
    /** Someone waits for the run to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Optional<LogArchive> archive;

    /**
     * @param folder null: nowhere
     * @throws IllegalArgumentException if it cannot be made
     */
    LocalLogs(Path folder) {
        archive = Optional.ofNullable(folder).map(LocalLogs::open);
    }

    private static LogArchive open(Path folder) {
        var path = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException("--logs " + folder + ": not a folder: " + e.getFile(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("--logs " + folder + ": failed to create folder: " + e.getMessage(), e);
        }
        return LogArchives.open(ArchiveOptions.of(path.toUri().toString(), null, null));
    }

    /** Null for nowhere. */
    ArchiveAccess access() {
        return archive.map(opened -> ArchiveAccess.withThreads(opened, PATIENCE))
                .orElse(null);
    }

    @Override
    public void close() {
        archive.ifPresent(LogArchive::close);
    }
}
