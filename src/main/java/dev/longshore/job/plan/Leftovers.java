package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.Prepared;
import java.util.Optional;

/** Containers that no attempt needs any more. */
final class Leftovers {
    private Leftovers() {}

    /** What an attempt that failed has left; tried once, since the next attempt needs none of it. */
    static Optional<JobPlan> ofFailedAttempt(ContainerJob job, AttemptState state) {
        return state.container()
                .filter(container -> state.timing().retryAt() == null
                        && JobLabels.attemptOf(container.labels()) < JobPhases.currentAttempt(job)
                        && removable(job, container))
                .map(container -> new JobPlan.Act(state.observation().host(), Operation.Remove.of(container)));
    }

    /** What a job that has finished has left. */
    static Optional<AttemptState.HostedContainer> ofFinished(ContainerJob job, AttemptState state) {
        return state.hosted().filter(hosted -> removable(job, hosted.container()));
    }

    static JobPlan remove(Prepared prepared) {
        return new JobPlan.Act(prepared.host(), Operation.Remove.of(prepared.container()));
    }

    private static boolean removable(ContainerJob job, ContainerSnapshot container) {
        return switch (container.state()) {
            case CREATED -> true;
            case RUNNING -> false;
            case EXITED -> JobPhases.removesEnded(job);
        };
    }
}
