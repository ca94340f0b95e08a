package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import dev.longshore.job.ClusterView;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.config.InputBudget;
import dev.longshore.job.placement.HostLoads;
import dev.longshore.job.queue.Slots;
import dev.longshore.job.status.JobStatuses;
import dev.longshore.job.status.JobTimes;
import java.time.Duration;
import java.util.Optional;

/** Plans an attempt up to the moment at which its container is in the status. */
final class UnboundPlanner {
    private final Slots slots;
    private final NextAttempt next;

    UnboundPlanner(ClusterView cluster, HostLoads loads, Slots slots, StartGates gates, String instance) {
        this.slots = slots;
        this.next = new NextAttempt(cluster, loads, slots, gates, instance);
    }

    JobPlan plan(ContainerJob job, AttemptState state, Moment now) {
        var statuses = new JobStatuses(job, now.time());
        var over = JobTimes.overBeforeStart(job, now.time());
        if (over.isPresent()) {
            return new JobPlan.Report(statuses.finished(over.get()));
        }
        if (job.hasFinalizer(JobStore.UNCONFIRMED)) {
            return JobPlan.Rest.untilEvent();
        }
        if (state.inFlight() != null) {
            return inFlight(job, state, now);
        }
        if (state.failure() != null) {
            return new JobPlan.Report(statuses.failed(JobPhases.currentAttempt(job), state.failure()));
        }
        var refused = state.refusals().exhausted();
        if (refused.isPresent()) {
            return new JobPlan.Report(statuses.failed(JobPhases.currentAttempt(job), refused.get()));
        }
        var leftover = Leftovers.ofFailedAttempt(job, state);
        if (leftover.isPresent()) {
            return leftover.get();
        }
        if (state.creation().nameTaken() != null) {
            return new JobPlan.Reclaim();
        }
        var wait = JobTimes.left(state.timing().retryAt(), now);
        if (wait.isPresent()) {
            if (state.start().pruned() > 0) {
                // It may be a minute, and others can run meanwhile.
                slots.release(job.getMetadata().getUid());
            }
            return state.creation().inputsWait()
                    ? blockedByInputs(job, statuses, wait.get())
                    : JobPlan.Rest.after(wait.get());
        }
        return next.plan(job, state, now);
    }

    /** Those behind it may need less, and those that hold as much may hold it for long. */
    private JobPlan blockedByInputs(ContainerJob job, JobStatuses statuses, Duration wait) {
        slots.release(job.getMetadata().getUid());
        var status = job.getStatus();
        var said = status != null && InputBudget.FULL.equals(status.message()) && JobPhases.upToDate(job);
        return said
                ? JobPlan.Rest.after(wait)
                : new JobPlan.Report(statuses.pending(JobReason.WAITING_FOR_SLOT, InputBudget.FULL), Optional.of(wait));
    }

    private JobPlan inFlight(ContainerJob job, AttemptState state, Moment now) {
        var uid = job.getMetadata().getUid();
        var notDue = StartGates.notDue(job, now.time());
        if (notDue.isPresent()) {
            // A pull may take long, and those behind it need not wait for one that is not to start.
            slots.release(uid);
            return NextAttempt.pending(job, state, notDue.get(), now);
        }
        // It keeps its turn while its container is created: those behind it need not wait for that.
        slots.admitAgain(uid, now.uptime());
        slots.on(state.inFlight().host()).pulls(uid, state.inFlight().pulling());
        var deadline = JobTimes.untilDeadline(job, now.time());
        return state.inFlight().pulling()
                ? Pending.report(job, JobReason.PULLING_IMAGE, "pulling image", now, deadline)
                : new JobPlan.Rest(deadline);
    }
}
