package dev.longshore.job.retention;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobReason;
import dev.longshore.api.LogOptions;
import dev.longshore.api.LogOptionsBuilder;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a container that has ended is not removed at once.
 *
 * @param archives whether there is an archive for logs
 * @param keepsFailed whether {@code keepFailedSeconds} counts
 */
public record Retention(boolean archives, boolean keepsFailed) {
    public static final Retention NONE = new Retention(false, false);

    /** As many digits as {@link JobLabels#archiveMost} reads. */
    private static final BigDecimal MOST = new BigDecimal("999999999999999999");

    /**
     * Whether the log of a container goes to the archive.
     *
     * @param job nothing where it is gone
     */
    public boolean wantsLog(Optional<ContainerJob> job, ContainerSnapshot container) {
        return archives && most(job, container).isPresent();
    }

    /** Whether logs of a job go to the archive. */
    public boolean wantsLogs(ContainerJob job) {
        return archives && options(job).archive();
    }

    /** The bytes that a container's log may have in the archive; nothing where it is not to get there. */
    public static Optional<Long> most(Optional<ContainerJob> job, ContainerSnapshot container) {
        return job.isPresent()
                ? Optional.of(options(job.get())).filter(LogOptions::archive).map(Retention::most)
                : JobLabels.archiveMost(container.labels());
    }

    /** The bytes that a log may have in the archive. */
    public static long most(LogOptions options) {
        try {
            return options.archiveMaxBytes().getNumericalAmount().min(MOST).longValue();
        } catch (IllegalArgumentException | ArithmeticException e) {
            // Someone else wrote the status.
            return 0;
        }
    }

    private static LogOptions options(ContainerJob job) {
        return effective(job)
                .map(ContainerTemplateSpec::logs)
                .orElseGet(() -> LogOptionsBuilder.builder().build());
    }

    /** For how long a container is kept because its attempt failed. */
    public Duration keep(Optional<ContainerJob> job, ContainerSnapshot container) {
        return keepsFailed
                        && job.filter(one -> failed(one, JobLabels.attemptOf(container.labels())))
                                .isPresent()
                ? Duration.ofSeconds(effective(job.get())
                        .map(ContainerTemplateSpec::keepFailedSeconds)
                        .orElse(0))
                : Duration.ZERO;
    }

    private static boolean failed(ContainerJob job, int attempt) {
        if (job.getStatus() == null) {
            return false;
        }
        if (attempt < JobPhases.lastAttempt(job)) {
            // Else there would be no later one.
            return true;
        }
        var reason = job.getStatus().attempts().stream()
                .filter(one -> one.attempt() == attempt)
                .findFirst()
                .map(JobAttempt::reason);
        return reason.filter(value -> value != JobReason.COMPLETED && value != JobReason.CANCEL_REQUESTED)
                .isPresent();
    }

    private static Optional<ContainerTemplateSpec> effective(ContainerJob job) {
        return Optional.ofNullable(job.getStatus()).map(status -> status.effective());
    }
}
