package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.job.HostKey;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.Operation;
import java.time.Duration;

/** A container that is being stopped: SIGKILL once the grace period is over. */
final class Stop {
    /** If a daemon has not ended the container by then, the request is repeated. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(30);

    private Stop() {}

    static JobPlan proceed(ContainerJob job, AttemptState state, HostKey host, Moment now) {
        var stopping = state.stopping();
        var grace = stopping.killed()
                ? AFTER_KILL
                : Duration.ofSeconds(job.getStatus().effective().stopGracePeriodSeconds());
        var left = stopping.since().plus(grace).minus(now.uptime());
        return Moment.isOver(left)
                ? new JobPlan.Act(
                        host, new Operation.Kill(state.container().orElseThrow().id(), stopping.cause()))
                : JobPlan.Rest.after(left);
    }
}
