package dev.longshore.job.status;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import dev.longshore.api.StatusFormat;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When something about a job is due. Counted from times that we or the API server stored, never from a daemon's. */
public final class JobTimes {
    private JobTimes() {}

    /** How long until a moment of this process that is still to come. */
    public static Optional<Duration> left(Duration until, Moment now) {
        return Optional.ofNullable(until).map(end -> end.minus(now.uptime())).filter(left -> !Moment.isOver(left));
    }

    public static Optional<Instant> startAfter(ContainerJob job) {
        return Optional.ofNullable(job.getSpec().startAfter()).map(StatusFormat::instant);
    }

    public static Instant created(ContainerJob job) {
        return Instant.parse(job.getMetadata().getCreationTimestamp());
    }

    /** From when on it may be started: its creation, or its startAfter where that is later. */
    public static Instant due(ContainerJob job) {
        var created = created(job);
        return startAfter(job).filter(created::isBefore).orElse(created);
    }

    /** How a job ends that was canceled, or came too late, before it ran. */
    public static Optional<JobResult> overBeforeStart(ContainerJob job, Instant now) {
        if (job.getSpec().cancel()) {
            return Optional.of(JobResult.canceled("cancel requested before start"));
        }
        var left = untilDeadline(job, now);
        return left.filter(Moment::isOver)
                .map(over -> JobResult.failed(
                        JobReason.START_DEADLINE_EXCEEDED,
                        "start deadline (" + job.getSpec().startDeadlineSeconds() + "s) exceeded" + lastReason(job)));
    }

    private static String lastReason(ContainerJob job) {
        return job.getStatus() == null || job.getStatus().reason() == null
                ? ""
                : "; last waiting for: " + job.getStatus().reason().value();
    }

    /** Until startDeadlineSeconds are over; nothing without any, or once an attempt was started. */
    public static Optional<Duration> untilDeadline(ContainerJob job, Instant now) {
        if (job.getSpec().startDeadlineSeconds() == null || wasStarted(job)) {
            return Optional.empty();
        }
        return Optional.of(
                Duration.between(now, due(job).plusSeconds(job.getSpec().startDeadlineSeconds())));
    }

    private static boolean wasStarted(ContainerJob job) {
        return job.getStatus() != null
                && job.getStatus().attempts().stream().anyMatch(attempt -> attempt.startedAt() != null);
    }

    /** Until the next attempt is due; nothing once it is, or where none has failed. */
    public static Optional<Duration> backoff(ContainerJob job, AttemptState state, Moment now) {
        var failed = JobConditions.since(job, JobConditions.RETRYING);
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        if (state.timing().backoffUntil() != null) {
            return left(state.timing().backoffUntil(), now);
        }
        var status = job.getStatus();
        var due = failed.get().plus(Retries.delay(status.effective().retry(), status.attempt()));
        return Optional.of(Duration.between(now.time(), due)).filter(left -> !Moment.isOver(left));
    }

    /** Until timeoutSeconds of this attempt are over; nothing without any. */
    public static Optional<Duration> untilTimeout(ContainerJob job, AttemptState state, Moment now) {
        var timeout = job.getStatus().effective().timeoutSeconds();
        if (timeout == null) {
            return Optional.empty();
        }
        var ran = state.timing().runningSince() != null
                ? now.uptime().minus(state.timing().runningSince())
                : Duration.between(
                        JobConditions.since(job, JobConditions.RUNNING).orElse(now.time()), now.time());
        return Optional.of(Duration.ofSeconds(timeout).minus(ran));
    }

    /**
     * Whether an attempt that ended unobserved had been stopped for its timeout: it must have lasted that long by
     * the daemon's own clock, and by ours be due, and have ended badly.
     */
    public static boolean overranUnobserved(ContainerJob job, ContainerSnapshot container, Instant now) {
        var timeout = job.getStatus().effective().timeoutSeconds();
        var since = JobConditions.since(job, JobConditions.RUNNING);
        if (timeout == null || since.isEmpty() || container.startedAt() == null || container.finishedAt() == null) {
            return false;
        }
        var allowed = Duration.ofSeconds(timeout);
        var lasted = Duration.between(container.startedAt(), container.finishedAt());
        return container.exitCode() != null
                && container.exitCode() != 0
                && lasted.compareTo(allowed) >= 0
                && !since.get().plus(allowed).isAfter(now);
    }

    /** When a finished job is to be deleted. */
    public static Optional<Instant> timeToLive(ContainerJob job) {
        var effective = job.getStatus().effective();
        var seconds = job.getSpec().ttlSecondsAfterFinished() != null || effective == null
                ? job.getSpec().ttlSecondsAfterFinished()
                : effective.ttlSecondsAfterFinished();
        return seconds == null
                ? Optional.empty()
                : JobPhases.finishedAt(job).map(finished -> finished.plusSeconds(seconds));
    }
}
