package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.plan.JobPlan;
import java.time.Duration;
import java.util.Optional;

/** How the reconciliation of a job continues. */
sealed interface NextStep {
    /** Plan again, for the job as it is now. */
    record Plan(ContainerJob job) implements NextStep {}

    /** Work on a host, which has the job reconciled when it is done. */
    record Act(ContainerJob job, SharedState shared, JobPlan.Act act) implements NextStep {}

    /** Reconcile again when something happens, and after so long at the latest. */
    record Rest(Optional<Duration> requeueAfter) implements NextStep {
        /** The job has changed: the cache has the newer version in a moment. */
        static Rest ofConflict() {
            return after(Duration.ofMillis(50));
        }

        static Rest untilEvent() {
            return new Rest(Optional.empty());
        }

        static Rest after(Duration time) {
            return new Rest(Optional.of(time));
        }
    }
}
