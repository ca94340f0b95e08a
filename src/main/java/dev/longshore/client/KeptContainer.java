package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobReason;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The container of a failed attempt that {@code keepFailedSeconds} keeps, as far as a job's status shows that.
 *
 * @param container its ID
 * @param until about when it is removed: the operator counts by its own clock, and from the start after a restart
 */
public record KeptContainer(int attempt, String container, Instant until) {
    /** Those of a job that are kept now, by attempt. */
    public static List<KeptContainer> of(ContainerJob job, Instant now) {
        var status = job.getStatus();
        var seconds = status == null || status.effective() == null
                ? 0
                : status.effective().keepFailedSeconds();
        if (seconds <= 0) {
            return List.of();
        }
        return status.attempts().stream()
                .filter(tried -> tried.attempt() != null && tried.containerID() != null && failed(job, tried))
                .flatMap(tried -> end(job, tried)
                        .map(end -> new KeptContainer(tried.attempt(), tried.containerID(), end.plusSeconds(seconds)))
                        .stream())
                .filter(kept -> kept.until().isAfter(now))
                .toList();
    }

    private static boolean failed(ContainerJob job, JobAttempt tried) {
        return tried.reason() != JobReason.CONTAINER_LOST
                && (tried.attempt() < JobPhases.lastAttempt(job)
                        || (tried.reason() != JobReason.COMPLETED && tried.reason() != JobReason.CANCEL_REQUESTED));
    }

    /** Of the last attempt, by the operator's clock; of earlier ones, by the daemon's. */
    private static Optional<Instant> end(ContainerJob job, JobAttempt tried) {
        if (tried.finishedAt() == null) {
            return Optional.empty();
        }
        var finished = job.getStatus().conditions().stream()
                .filter(condition -> "Finished".equals(condition.getType()) && "True".equals(condition.getStatus()))
                .map(Condition::getLastTransitionTime)
                .filter(Objects::nonNull)
                .findFirst()
                .filter(time -> tried.attempt() == JobPhases.lastAttempt(job));
        try {
            return Optional.of(Instant.parse(finished.orElse(tried.finishedAt())));
        } catch (DateTimeException e) {
            // Someone else wrote the status.
            return Optional.empty();
        }
    }
}
