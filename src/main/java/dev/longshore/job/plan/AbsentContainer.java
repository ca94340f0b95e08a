package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import dev.longshore.job.HostKey;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.Observation;
import dev.longshore.job.status.JobResult;
import dev.longshore.job.status.JobStatuses;
import java.time.Duration;

/**
 * Plans for a job whose container is gone. Whether it ran cannot be found out: the attempt is lost, unless
 * this very process knows that nobody has started it.
 */
final class AbsentContainer {
    /** Events come a moment after the answers that they are about. */
    private static final Duration EVENTS_LATE = Duration.ofSeconds(5);

    private AbsentContainer() {}

    static JobPlan plan(ContainerJob job, AttemptState state, HostKey host, Moment now) {
        var id = job.getStatus().containerID();
        var name = "container " + job.getStatus().containerName();
        var statuses = new JobStatuses(job, now.time());
        var refused = state.start().wasRefused(id) ? state.refusals().last() : null;
        var neverStarted = state.start().wasNeverStarted(host, id);
        if (Withdrawal.wasDone(job, state, host)) {
            var status = job.getStatus();
            return new JobPlan.Unbind(statuses.unbound(status.reason(), status.message()), false);
        }
        if (neverStarted && (refused != null || !state.start().prunedTooOften())) {
            return new JobPlan.Unbind(
                    refused == null
                            ? statuses.unbound(
                                    JobReason.STARTING,
                                    name + " was removed from DockerHost " + host
                                            + " by someone else before it started; creating another")
                            : statuses.unbound(JobReason.HOST_REFUSED, refused.message() + "; retrying"),
                    refused == null);
        }
        if (!neverStarted
                && state.start().mayStillBeNeverStarted(host, id)
                && state.observation().found() instanceof Observation.Absent absent) {
            var left = absent.since().plus(EVENTS_LATE).minus(now.uptime());
            if (!Moment.isOver(left)) {
                return JobPlan.Rest.after(left);
            }
        }
        var result = refused == null
                ? JobResult.failed(
                        JobReason.CONTAINER_LOST,
                        name + " was removed from DockerHost " + host + " by someone else"
                                + (neverStarted ? " before it started, as were those before it" : ""))
                // What removed it is the withdrawal; whether nobody else had started it before is not known.
                : JobResult.failed(refused);
        return new JobPlan.Report(statuses.ended(result, state.usage()));
    }
}
