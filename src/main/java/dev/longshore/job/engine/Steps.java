package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.Hosts;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.attempt.StateStore;
import dev.longshore.job.operation.JobRunner;
import dev.longshore.job.operation.UsageSampler;
import dev.longshore.job.plan.JobPlan;
import dev.longshore.job.plan.JobPlanner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps of one reconciliation, until there is nothing to do but wait. */
record Steps(
        Hosts hosts,
        Supplier<Moment> clock,
        StateStore states,
        JobPlanner planner,
        EndedContainers ended,
        StatusWriter statuses,
        JobRunner runner,
        UsageSampler usage,
        BackgroundWrites background,
        JobFrontEnd frontEnd) {
    /** More than any job takes without waiting for a daemon in between. */
    private static final int AT_ONCE = 10;

    /** When to reconcile again at the latest. */
    Optional<Duration> untilAtRest(ContainerJob job, JobStore store) {
        var latest = states.latest(job, store);
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        var current = latest.get();
        statuses.observed(current);
        for (var steps = 0; steps < AT_ONCE; steps++) {
            var next = step(current, store);
            if (next instanceof NextStep.Rest rest) {
                return rest.requeueAfter();
            }
            if (next instanceof NextStep.Act act) {
                begin(act.job(), act.shared(), act.act());
                return Optional.empty();
            }
            current = ((NextStep.Plan) next).job();
        }
        return NextStep.Rest.ofConflict().requeueAfter();
    }

    /** Gathers what is known of the job, plans one step, and takes it as far as that needs no host. */
    private NextStep step(ContainerJob job, JobStore store) {
        var shared = states.of(JobKey.of(job));
        var state = shared.update(known -> known.asOf(job).refusedAsOf(job, clock.get()));
        var plan = planner.plan(job, state, clock.get());
        if (isOfNoHurry(plan, job) && !background.mayWrite(job)) {
            // Enqueued when it may; what is due before, such as the next attempt, does not wait for that.
            return new NextStep.Rest(plan.requeueAfter());
        }
        if (plan instanceof JobPlan.Report report) {
            if (report.isWithdrawal() && !frontEnd.stillLeads()) {
                return NextStep.Rest.after(JobPlan.Rest.SOON);
            }
            return statuses.report(job, report.status(), state, store);
        }
        if (plan instanceof JobPlan.Unbind unbind) {
            return statuses.unbind(job, unbind, state, store);
        }
        if (plan instanceof JobPlan.SetFinalizer finalizer) {
            return statuses.setFinalizer(job, finalizer.present(), store);
        }
        if (plan instanceof JobPlan.Reclaim) {
            return Reclaim.next(job, shared, store);
        }
        if (plan instanceof JobPlan.Act act) {
            if (act.operation() instanceof Operation.Start && !frontEnd.mayStart()) {
                // Whoever leads starts it, perhaps without inspecting it first.
                return new NextStep.Rest(Optional.of(JobPlan.Rest.SOON));
            }
            return new NextStep.Act(job, shared, act);
        }
        if (plan instanceof JobPlan.Retain retain) {
            ended.retain(job, shared, retain.container());
            return new NextStep.Plan(job);
        }
        if (plan instanceof JobPlan.Delete) {
            return delete(job, store);
        }
        return rest(job, shared, (JobPlan.Rest) plan);
    }

    private static NextStep delete(ContainerJob job, JobStore store) {
        try {
            store.delete(job);
            return NextStep.Rest.untilEvent();
        } catch (JobStore.Conflict e) {
            // Of a write of ours, no event has it reconciled.
            return NextStep.Rest.ofConflict();
        }
    }

    /** Whether it is a write that nothing depends on. */
    private static boolean isOfNoHurry(JobPlan plan, ContainerJob job) {
        if (plan instanceof JobPlan.SetFinalizer finalizer) {
            return !finalizer.present();
        }
        return plan instanceof JobPlan.Report report
                && (JobPhases.finished(job) || !JobPhases.bound(job) && stillWaits(job.getStatus(), report.status()));
    }

    /** And nothing is new of its earlier attempts: after that its next one is planned. */
    private static boolean stillWaits(ContainerJobStatus before, ContainerJobStatus status) {
        return status.attempts().equals(before == null ? List.of() : before.attempts())
                && status.phase() == JobPhase.PENDING
                && status.containerID() == null
                && status.reason() != JobReason.PULLING_IMAGE;
    }

    /** A host without a connection is unreachable, and no plan works on one that is. */
    void begin(ContainerJob job, SharedState shared, JobPlan.Act act) {
        hosts.get(act.host()).ifPresent(host -> runner.begin(job, shared, host, act));
    }

    private NextStep rest(ContainerJob job, SharedState shared, JobPlan.Rest rest) {
        if (JobPhases.finished(job)) {
            states.forgetIfDone(JobKey.of(job));
        } else if (JobPhases.boundWhole(job)) {
            usage.watch(job, shared);
        }
        return new NextStep.Rest(rest.requeueAfter());
    }
}
