package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.Prepared;
import dev.longshore.job.attempt.StopCause;
import dev.longshore.job.placement.HostLoads;
import dev.longshore.job.retention.RetainedContainers;
import dev.longshore.job.status.JobTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Plans what is to be done on a daemon before a job that is being deleted may go. {@link JobPlan.Delete}: nothing. */
public final class JobCleanup {
    private final HostLoads loads;
    private final RetainedContainers retained;

    public JobCleanup(HostLoads loads, RetainedContainers retained) {
        this.loads = loads;
        this.retained = retained;
    }

    public JobPlan plan(ContainerJob job, AttemptState state, Moment now, Duration releaseAfter) {
        if (state.deletion().cleaned() || state.onlyPulling() || hadNothing(job, state)) {
            return new JobPlan.Delete();
        }
        var candidate = host(job, state);
        if (candidate.isEmpty()) {
            return state.inFlight() == null ? new JobPlan.Delete() : JobPlan.Rest.untilEvent();
        }
        var host = candidate.get();
        if (!loads.isReachable(host)) {
            return isConnecting(host)
                    // What is there is known in a moment.
                    ? JobPlan.Rest.after(JobPlan.Rest.SOON)
                    : unreachable(job, state, now, releaseAfter);
        }
        if (state.inFlight() != null) {
            return JobPlan.Rest.untilEvent();
        }
        var wait = JobTimes.left(state.timing().retryAt(), now);
        if (wait.isPresent()) {
            return JobPlan.Rest.after(wait.get());
        }
        var bound = JobPhases.bound(job);
        if (bound && !state.knowsContainer(job.getStatus().containerID())) {
            return new JobPlan.Act(host, new Operation.Observe(job.getStatus().containerID()));
        }
        if (bound && state.observation().is(ContainerSnapshot.State.RUNNING)) {
            return state.stopping() == null ? stop(job, host, state) : Stop.proceed(job, state, host, now);
        }
        var left = left(job, now, releaseAfter);
        var owes = retained.owes(job.getMetadata().getUid());
        return owes && !Moment.isOver(left)
                ? JobPlan.Rest.after(left)
                // What is owed is found out by the first try to remove them.
                : new JobPlan.Act(host, new Operation.RemoveAll(!owes));
    }

    /** Whoever deleted a job without finalizer does not wait for its container, which may as well end at once. */
    private static JobPlan stop(ContainerJob job, HostKey host, AttemptState state) {
        var id = state.container().orElseThrow().id();
        return new JobPlan.Act(
                host,
                job.hasFinalizer(JobStore.FINALIZER)
                        ? new Operation.Stop(id, StopCause.CANCELED)
                        : new Operation.Kill(id, StopCause.CANCELED));
    }

    /** Not one that does not exist. */
    private boolean isConnecting(HostKey host) {
        return loads.connecting(host)
                && loads.unreached(host).filter(time -> !time.isZero()).isPresent();
    }

    private static Duration left(ContainerJob job, Moment now, Duration releaseAfter) {
        return Duration.between(
                now.time(),
                Instant.parse(job.getMetadata().getDeletionTimestamp()).plus(releaseAfter));
    }

    /** Where there may be something of it; nothing where a selector has not chosen yet, or where it did is not known yet. */
    private static Optional<HostKey> host(ContainerJob job, AttemptState state) {
        return Optional.ofNullable(state.prepared())
                .map(Prepared::host)
                .or(() -> HostKey.of(job))
                .or(() -> state.hosted().map(AttemptState.HostedContainer::host));
    }

    /** A host that is gone does not hold a job for longer than {@code releaseAfter}; one that had nothing, not at all. */
    private static JobPlan unreachable(ContainerJob job, AttemptState state, Moment now, Duration releaseAfter) {
        var nothingThere = nothingKnown(state) && (!JobPhases.bound(job) || JobPhases.finished(job));
        var left = left(job, now, releaseAfter);
        return nothingThere || Moment.isOver(left) ? new JobPlan.Delete() : JobPlan.Rest.after(left);
    }

    /** Nothing was ever created, as far as is known, or what was is removed. What is there all the same is an orphan. */
    private static boolean hadNothing(ContainerJob job, AttemptState state) {
        return nothingKnown(state)
                && (JobPhases.finished(job) && JobPhases.removesEnded(job) || JobPhases.lastAttempt(job) == 0);
    }

    private static boolean nothingKnown(AttemptState state) {
        return state.prepared() == null && state.container().isEmpty() && state.inFlight() == null;
    }
}
