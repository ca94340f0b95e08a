package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.status.JobConditions;
import dev.longshore.job.status.JobTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When a waiting job is reconciled again though nothing was received. */
final class Rechecks {
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private Rechecks() {}

    /** When to reconcile a waiting job again; nothing: when something happens. */
    static Optional<Duration> after(ContainerJob job, AttemptState state, JobReason reason, Moment moment) {
        var now = moment.time();
        var recheck = Optional.<Duration>empty();
        if (reason == JobReason.SCHEDULED) {
            recheck = JobTimes.startAfter(job).map(start -> Duration.between(now, start));
        } else if (reason == JobReason.RETRY_BACKOFF) {
            recheck = JobTimes.backoff(job, state, moment);
        } else if (reason == JobReason.SECRET_NOT_FOUND
                || reason == JobReason.CONFIG_MAP_NOT_FOUND
                || reason == JobReason.HOST_NOT_ALLOWED
                || reason == JobReason.NO_MATCHING_HOST) {
            // Secrets, ConfigMaps and Namespaces are not watched.
            recheck = Optional.of(recheck(job, now));
        }
        return Stream.concat(recheck.stream(), JobTimes.untilDeadline(job, now).stream())
                .min(Duration::compareTo);
    }

    /** Soon at first, more rarely for what has been missing for long. */
    private static Duration recheck(ContainerJob job, Instant now) {
        var waited = JobConditions.since(job, JobConditions.RECONCILING)
                .map(since -> Duration.between(since, now).dividedBy(4))
                .orElse(JobPlan.Rest.SOON);
        if (waited.compareTo(JobPlan.Rest.SOON) < 0) {
            return JobPlan.Rest.SOON;
        }
        return waited.compareTo(LONGEST) > 0 ? LONGEST : waited;
    }
}
