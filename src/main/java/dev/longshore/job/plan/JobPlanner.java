package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.ClusterView;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.HostRefusals;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.StopCause;
import dev.longshore.job.placement.HostChoice;
import dev.longshore.job.placement.HostLoads;
import dev.longshore.job.queue.Slots;
import dev.longshore.job.retention.RetainedContainer;
import dev.longshore.job.retention.RetainedContainers;
import dev.longshore.job.retention.Retention;
import dev.longshore.job.status.ArchivedLogs;
import dev.longshore.job.status.JobStatuses;
import dev.longshore.job.status.JobTimes;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Decides on the one next step for a job, from the job, what is known of its container, and what the cluster holds. Does
 * nothing itself, but for the place that a waiting job takes in its host's queue.
 */
public final class JobPlanner {
    /** A finished job is not enqueued when its host is back. */
    private static final Duration HOST_UNREACHABLE = Duration.ofSeconds(15);

    private static final Set<JobReason> BEFORE_THE_START =
            EnumSet.of(JobReason.CANCEL_REQUESTED, JobReason.START_DEADLINE_EXCEEDED, JobReason.POLICY_DENIED);

    private final HostLoads loads;
    private final HostChoice choice;
    private final Slots slots;
    private final UnboundPlanner unbound;
    private final BoundPlanner bound;
    private final RetentionPlanner retention;
    private final RetainedContainers retained;

    public JobPlanner(
            ClusterView cluster,
            HostLoads loads,
            Slots slots,
            HostRefusals refusals,
            Retention retention,
            RetainedContainers retained,
            Consumer<RetainedContainer> released,
            Consumer<ContainerJob> unseen,
            String instance) {
        this.loads = loads;
        this.choice = new HostChoice(cluster, loads);
        this.retention = new RetentionPlanner(retention, retained, released, unseen);
        this.retained = retained;
        this.slots = slots;
        var gates = new StartGates(slots, refusals, loads);
        this.unbound = new UnboundPlanner(cluster, loads, slots, gates, instance);
        this.bound = new BoundPlanner(cluster, loads, slots, gates);
    }

    public JobPlan plan(ContainerJob job, AttemptState state, Moment now) {
        var plan = retention.plan(job, state).orElseGet(() -> retention.withLostLog(planAttempt(job, state, now), job));
        return plan instanceof JobPlan.Rest rest && state.inFlight() == null && hasNeedlessFinalizer(job)
                ? new JobPlan.SetFinalizer(false, rest.requeueAfter())
                : plan;
    }

    /** Where nothing is left to wait for, it can be deleted at once, also while no operator runs. */
    private boolean hasNeedlessFinalizer(ContainerJob job) {
        return job.hasFinalizer(JobStore.FINALIZER)
                && !job.isMarkedForDeletion()
                && (JobPhases.finished(job) || !JobPhases.bound(job))
                && !retained.owes(job.getMetadata().getUid())
                // After a restart: its container is not found yet.
                && !ArchivedLogs.isOwed(job.getStatus());
    }

    private JobPlan planAttempt(ContainerJob job, AttemptState state, Moment now) {
        if (JobPhases.finished(job)) {
            return finished(job, state, now);
        }
        if (!JobPhases.bound(job)) {
            return unbound.plan(job, state, now);
        }
        if (!JobPhases.boundWhole(job)) {
            return new JobPlan.Report(new JobStatuses(job, now.time()).broken());
        }
        return bound.plan(job, state, now);
    }

    private JobPlan finished(ContainerJob job, AttemptState state, Moment now) {
        // Started again by hand; or someone else wrote the end into the status.
        var known = state.observation();
        var runs = known.is(ContainerSnapshot.State.RUNNING);
        if (!runs) {
            slots.release(job.getMetadata().getUid());
        }
        if (state.inFlight() != null) {
            return JobPlan.Rest.untilEvent();
        }
        var wait = JobTimes.left(state.timing().retryAt(), now);
        if (runs && known.stale() && loads.isReachable(known.host()) && wait.isEmpty()) {
            return new JobPlan.Act(
                    known.host(), new Operation.Observe(known.container().get().id()));
        }
        if (runs && endedBefore(job, state) && loads.isReachable(known.host()) && wait.isEmpty()) {
            return new JobPlan.Act(
                    known.host(), new Operation.Kill(known.container().get().id(), StopCause.CANCELED));
        }
        var left = Leftovers.ofFinished(job, state)
                .filter(one -> !retained.holds(
                        job.getMetadata().getUid(), one.container().id()));
        var host = left.map(AttemptState.HostedContainer::host);
        if (host.isPresent() && wait.isEmpty() && loads.isReachable(host.get())) {
            return new JobPlan.Act(host.get(), Operation.Remove.of(left.get().container()));
        }
        if (!JobPhases.upToDate(job)) {
            return new JobPlan.Report(new JobStatuses(job, now.time()).current());
        }
        var age = JobTimes.timeToLive(job).map(end -> Duration.between(now.time(), end));
        if (age.filter(Moment::isOver).isPresent()) {
            return timeToLiveIsOver(job);
        }
        return new JobPlan.Rest(Stream.concat(age.stream(), left.map(hosted -> wait.orElse(HOST_UNREACHABLE)).stream())
                .min(Duration::compareTo));
    }

    /** Whether the job ended without its container, as one of two operators decides in the moment in which the other starts it. */
    private static boolean endedBefore(ContainerJob job, AttemptState state) {
        return BEFORE_THE_START.contains(job.getStatus().reason())
                && job.getStatus().finishedAt() == null
                && state.stopping() == null;
    }

    private JobPlan timeToLiveIsOver(ContainerJob job) {
        if (retained.holds(job.getMetadata().getUid())) {
            return JobPlan.Rest.untilEvent();
        }
        // After a restart: whether a container has to stay is known once its host is listed.
        return JobPhases.bound(job)
                        && HostKey.of(job).filter(choice::isConnecting).isPresent()
                ? JobPlan.Rest.after(JobPlan.Rest.SOON)
                : new JobPlan.Delete();
    }
}
