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
 * @param failures so far
 * @param isReported whether one of them was
 */
record UploadTask(
        RetainedContainer one,
        Optional<ContainerJob> job,
        SoftReference<Redactor> redactor,
        Duration since,
        int failures,
        boolean isReported) {
    static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

    /** Until a host may be back, or memory free. */
    static final Duration NOT_NOW = Duration.ofSeconds(15);

    /** A log that was cut so many times is reported: a daemon that is restarted cuts it once. */
    static final int CUTS = 3;

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 20;

    static UploadTask of(RetainedContainer one, Optional<ContainerJob> job, Optional<Redactor> known, Duration since) {
        var redactor = new SoftReference<>(known.orElse(null));
        return new UploadTask(one, job.map(UploadTask::trimmed), redactor, since, 0, false);
    }

    /** What uploads need of a job: thousands may wait for a store for a day. */
    private static ContainerJob trimmed(ContainerJob job) {
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
        return new UploadTask(one, job, redactor, since, failures + 1, isReported);
    }

    UploadTask reported() {
        return new UploadTask(one, job, redactor, since, failures, true);
    }

    /** After the last failure. */
    Duration backoff() {
        var wait = FIRST_BACKOFF.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : wait;
    }
}
