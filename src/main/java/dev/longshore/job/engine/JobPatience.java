package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.job.JobPhases;
import dev.longshore.job.plan.StartGates;
import java.time.Duration;
import java.time.Instant;

/** How long the reconciliation of a job may wait for those of others: what can make progress goes first, then by priority. */
public final class JobPatience {
    private static final Duration EACH_PRIORITY = Duration.ofSeconds(30);
    private static final Duration CANNOT_START = Duration.ofSeconds(180);
    private static final Duration FINISHED = Duration.ofSeconds(240);

    private JobPatience() {}

    /** @param now by which it may be scheduled for later */
    public static Duration of(ContainerJob job, Instant now) {
        if (job.isMarkedForDeletion()) {
            return EACH_PRIORITY;
        }
        if (JobPhases.finished(job)) {
            return FINISHED;
        }
        if (JobPhases.bound(job)) {
            return Duration.ZERO;
        }
        return StartGates.notDue(job, now).isPresent()
                ? CANNOT_START
                : EACH_PRIORITY.multipliedBy(job.getSpec().priority() - 1L);
    }
}
