package dev.longshore.job.archiving;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.docker.Redactor;
import dev.longshore.job.retention.RetainedContainer;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.Optional;

/**
 * A log that is to be uploaded.
 *
 * @param job nothing where it is gone
 * @param redactor as long as memory is not short
 * @param since by this process's clock
 * @param failures of the store so far
 */
record UploadTask(
        RetainedContainer one,
        Optional<ContainerJob> job,
        SoftReference<Redactor> redactor,
        Duration since,
        int failures) {
    static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 20;

    /** What uploads need of a job: thousands may wait for a store for a day. */
    static ContainerJob trimmed(ContainerJob job) {
        var trimmed = new ContainerJob();
        trimmed.setMetadata(job.getMetadata());
        trimmed.setSpec(job.getSpec());
        trimmed.setStatus(
                job.getStatus() == null
                        ? null
                        : ContainerJobStatusBuilder.builder()
                                .effective(job.getStatus().effective())
                                .build());
        return trimmed;
    }

    UploadTask failed() {
        return new UploadTask(one, job, redactor, since, failures + 1);
    }

    /** After the last failure. */
    Duration backoff() {
        var wait = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : wait;
    }
}
