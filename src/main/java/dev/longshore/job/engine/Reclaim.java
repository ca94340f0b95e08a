package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobStore;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.Prepared;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.plan.JobPlan;
import java.util.Objects;

/** A container of this attempt exists, and the cache knows of no binding: only the API server is certain. */
final class Reclaim {
    private Reclaim() {}

    static NextStep next(ContainerJob job, SharedState shared, JobStore store) {
        var live = store.read(JobKey.of(job));
        var taken = shared.state().creation().nameTaken();
        shared.update(state -> state.withNameTaken(null));
        if (live.isEmpty()) {
            return NextStep.Rest.untilEvent();
        }
        if (!Objects.equals(
                live.get().getMetadata().getResourceVersion(), job.getMetadata().getResourceVersion())) {
            // Else the next plan, from the cached job, would find the name taken once more.
            shared.update(state -> state.withWrittenOver(job.getMetadata().getResourceVersion()));
        }
        return next(live.get(), taken, shared);
    }

    private static NextStep next(ContainerJob live, Prepared taken, SharedState shared) {
        // Whoever created it may have read other values of its Secrets.
        shared.redactor(null, null);
        var status = live.getStatus();
        if (status != null && taken.container().id().equals(status.containerID())) {
            shared.update(
                    state -> state.observed(taken.host(), taken.container()).markedStale());
        } else if (taken.container().state() == ContainerSnapshot.State.CREATED) {
            // Never bound, never started, and perhaps without its files: it is recreated.
            return new NextStep.Act(
                    live, shared, new JobPlan.Act(taken.host(), Operation.Remove.of(taken.container())));
        } else {
            shared.update(state -> state.withPrepared(taken).observed(taken.host(), taken.container()));
        }
        return new NextStep.Plan(live);
    }
}
