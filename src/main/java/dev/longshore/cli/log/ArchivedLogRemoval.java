package dev.longshore.cli.log;

import dev.longshore.api.ContainerJob;
import dev.longshore.archive.ArchiveException;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.LogArchive;
import dev.longshore.archive.access.LogArchives;
import dev.longshore.job.JobPhases;

/** Removes the archived logs of jobs that are deleted. The URLs in their statuses are not followed. */
public final class ArchivedLogRemoval implements AutoCloseable {
    /** More than {@code retry.limit} allows, whatever someone else wrote into a status. */
    private static final int MOST_ATTEMPTS = 1_001;

    private final LogArchive archive;

    public ArchivedLogRemoval(ArchiveOptions options) {
        archive = LogArchives.open(options);
    }

    /** @throws ArchiveException if the archive cannot be used: then its logs would be left behind without their jobs */
    public void check(ContainerJob job) {
        archive.list(job.getMetadata().getNamespace(), job.getMetadata().getName());
    }

    /** Removes those of all attempts. */
    public void delete(ContainerJob job) {
        var metadata = job.getMetadata();
        var last = Math.min(JobPhases.lastAttempt(job), MOST_ATTEMPTS);
        try {
            for (var attempt = 1; attempt <= last; attempt++) {
                archive.delete(new ArchiveKey(metadata.getNamespace(), metadata.getName(), metadata.getUid(), attempt));
            }
        } catch (ArchiveException e) {
            throw new IllegalStateException(
                    "failed to delete the logs of ContainerJob " + metadata.getName() + " (UID " + metadata.getUid()
                            + "), which has been deleted: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        archive.close();
    }
}
