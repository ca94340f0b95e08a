package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import dev.longshore.job.status.JobStatuses;
import java.time.Duration;
import java.util.Optional;

/** Says why a job waits: once for each reason, since a queue of many must not cost a write each time it moves. */
final class Pending {
    private Pending() {}

    static JobPlan report(
            ContainerJob job, JobReason reason, String message, Moment now, Optional<Duration> requeueAfter) {
        var status = job.getStatus();
        var said = status != null
                && status.phase() == JobPhase.PENDING
                && status.reason() == reason
                // That a host did not answer is worth reporting, also by the same reason.
                && (!JobPhases.connecting(job) || message.endsWith(JobPhases.CONNECTING))
                && JobPhases.upToDate(job);
        return said
                ? new JobPlan.Rest(requeueAfter)
                : new JobPlan.Report(new JobStatuses(job, now.time()).pending(reason, message), requeueAfter);
    }
}
