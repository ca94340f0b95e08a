package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobReason;
import dev.longshore.job.Blocked;
import dev.longshore.job.ClusterView;
import dev.longshore.job.Failure;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.config.Effective;
import dev.longshore.job.config.InputBudget;
import dev.longshore.job.config.InputSources;
import dev.longshore.job.config.InputsBusy;
import dev.longshore.job.policy.PolicyCheck;
import dev.longshore.job.queue.Slots;
import dev.longshore.job.status.JobResult;
import dev.longshore.job.status.JobStatuses;
import dev.longshore.job.status.JobTimes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Plans an attempt up to the moment at which its container is in the status. */
final class UnboundPlanner {
    private final ClusterView cluster;
    private final HostLoads loads;
    private final Slots slots;
    private final StartGates gates;
    private final HostChoice hosts;
    private final Making making;

    UnboundPlanner(ClusterView cluster, HostLoads loads, Slots slots, StartGates gates, String instance) {
        this.cluster = cluster;
        this.loads = loads;
        this.slots = slots;
        this.gates = gates;
        this.hosts = new HostChoice(cluster, loads);
        this.making = new Making(cluster, loads, instance);
    }

    JobPlan plan(ContainerJob job, AttemptState state, Moment now) {
        var statuses = new JobStatuses(job, now.time());
        var over = JobTimes.overBeforeStart(job, now.time());
        if (over.isPresent()) {
            return new JobPlan.Report(statuses.finished(over.get()));
        }
        if (state.inFlight() != null) {
            return inFlight(job, state, now);
        }
        if (state.failure() != null) {
            return new JobPlan.Report(statuses.failed(attempt(job), state.failure()));
        }
        var refused = state.refusals().exhausted();
        if (refused.isPresent()) {
            return new JobPlan.Report(statuses.failed(attempt(job), refused.get()));
        }
        var leftover = leftover(job, state);
        if (leftover.isPresent()) {
            return leftover.get();
        }
        if (state.nameTaken() != null) {
            return new JobPlan.Reclaim();
        }
        var wait = JobTimes.left(state.retryAt(), now);
        if (wait.isPresent()) {
            if (state.pruned() > 0) {
                // It may be a minute, and others can run meanwhile.
                slots.release(job.getMetadata().getUid());
            }
            return state.inputsWait() ? blockedByInputs(job, statuses, wait.get()) : new JobPlan.Rest(wait.get());
        }
        try {
            return prepare(job, state, now);
        } catch (Blocked e) {
            return blocked(job, state, now, e);
        }
    }

    /** Those behind it may need less, and those that hold as much may hold it for long. */
    private JobPlan blockedByInputs(ContainerJob job, JobStatuses statuses, Duration wait) {
        slots.release(job.getMetadata().getUid());
        var status = job.getStatus();
        var said = status != null
                && InputBudget.FULL.equals(status.message())
                && job.getMetadata().getGeneration().equals(status.observedGeneration());
        return said
                ? new JobPlan.Rest(wait)
                : new JobPlan.Report(statuses.pending(JobReason.WAITING_FOR_SLOT, InputBudget.FULL));
    }

    private JobPlan inFlight(ContainerJob job, AttemptState state, Moment now) {
        var uid = job.getMetadata().getUid();
        try {
            StartGates.requireDue(job, now.time());
        } catch (Blocked e) {
            // A pull may take long, and those behind it need not wait for one that is not to start.
            slots.release(uid);
            return pending(job, state, now, e);
        }
        // It has its turn while it is made: those behind it need not wait for that.
        slots.admitAgain(uid, now.uptime());
        slots.pulls(state.inFlightOn(), uid, state.pulling());
        var deadline = JobTimes.untilDeadline(job, now.time());
        return state.pulling()
                ? Pending.report(job, JobReason.PULLING_IMAGE, "the image is being pulled", now, deadline)
                : new JobPlan.Rest(deadline);
    }

    private JobPlan blocked(ContainerJob job, AttemptState state, Moment now, Blocked why) {
        var reason = why.reason();
        if (reason != JobReason.WAITING_FOR_SLOT) {
            slots.release(job.getMetadata().getUid());
        }
        if (reason == null) {
            return new JobPlan.Rest(why.isBrief() ? why.brief() : Rechecks.SOON);
        }
        if (state.prepared() != null && loads.isReachable(state.prepared().host())) {
            // Made ahead, and overtaken or not to be started now.
            return remove(state.prepared());
        }
        return pending(job, state, now, why);
    }

    private static JobPlan pending(ContainerJob job, AttemptState state, Moment now, Blocked why) {
        if (RefusedWait.is(why)) {
            return RefusedWait.plan(
                    job, state, why, now, over -> new JobStatuses(job, now.time()).failed(attempt(job), over));
        }
        var requeueAfter = Rechecks.after(job, state, why.reason(), now);
        if (why.isBrief()) {
            return new JobPlan.Rest(
                    requeueAfter == null || requeueAfter.compareTo(why.brief()) > 0 ? why.brief() : requeueAfter);
        }
        return Pending.report(job, why.reason(), why.getMessage(), now, requeueAfter);
    }

    /** What an attempt that failed has left; tried once, since the next attempt needs none of it. */
    private static Optional<JobPlan> leftover(ContainerJob job, AttemptState state) {
        return state.container()
                .filter(container -> state.retryAt() == null
                        && JobLabels.attemptOf(container.labels()) < attempt(job)
                        && JobPlanner.removable(job, container))
                .map(container -> new JobPlan.Act(state.observation().host(), Operation.Remove.of(container)));
    }

    private static JobPlan remove(AttemptState.Prepared prepared) {
        return new JobPlan.Act(prepared.host(), Operation.Remove.of(prepared.container()));
    }

    private JobPlan prepare(ContainerJob job, AttemptState state, Moment now) {
        StartGates.requireDue(job, now.time());
        StartGates.requireBackoffOver(job, state, now);
        var statuses = new JobStatuses(job, now.time());
        ContainerTemplateSpec effective;
        try {
            effective = Effective.of(job, cluster);
        } catch (Effective.TooLarge e) {
            return new JobPlan.Report(
                    statuses.failed(attempt(job), new Failure(JobReason.CREATE_FAILED, e.getMessage(), null)));
        }
        try {
            Function<DockerHost, Optional<String>> policy =
                    host -> PolicyCheck.denial(effective, host.getSpec().policy());
            var allowed = state.refusals().any() ? hosts.anew(job, policy) : hosts.of(job, policy);
            var denial = denial(effective, allowed.get(0));
            if (denial.isPresent()) {
                return new JobPlan.Report(statuses.finished(JobResult.failed(JobReason.POLICY_DENIED, denial.get())));
            }
            if (isOutdated(state.prepared(), effective)) {
                return remove(state.prepared());
            }
            var open = gates.withoutRefusal(job, effective, allowed, state, now);
            // Before the Secrets are read: thousands that wait for a slot shall not ask for theirs.
            var admission = gates.admit(job, open, now);
            return switch (admission.position()) {
                case WAITING -> throw gates.waiting(job, effective, open, state, admission.waited());
                case NEXT -> preCreate(job, state, effective, open.get(0), admission.waited(), now);
                case SLOT -> {
                    gates.beginTrial(job, effective, admission.host(), now);
                    var host = open.stream()
                            .filter(one -> HostKey.of(one).equals(admission.host()))
                            .findFirst()
                            .orElseThrow();
                    yield canBeUsed(state.prepared(), admission.host())
                            ? bind(job, state, admission.host(), statuses, now)
                            : making.plan(job, attempt(job), effective, host, now);
                }
            };
        } catch (InputsBusy e) {
            // It keeps the turn that it has.
            return new JobPlan.Rest(e.again());
        } catch (InputSources.TooLarge e) {
            var failure = new Failure(JobReason.CREATE_FAILED, e.getMessage(), effective);
            return new JobPlan.Report(statuses.failed(attempt(job), failure));
        } catch (IllegalArgumentException e) {
            // An image that is no reference, or credentials that cannot be read.
            var failure = new Failure(JobReason.IMAGE_PULL_FAILED, e.getMessage(), effective);
            return new JobPlan.Report(statuses.failed(attempt(job), failure));
        }
    }

    static Optional<String> denial(ContainerTemplateSpec effective, DockerHost host) {
        return PolicyCheck.denial(effective, host.getSpec().policy())
                .map(why -> "DockerHost " + HostKey.of(host) + " does not allow it: " + why);
    }

    /** Made from a template that was changed since, for a job that has yet to be bound. */
    private boolean isOutdated(AttemptState.Prepared prepared, ContainerTemplateSpec effective) {
        return prepared != null && !prepared.effective().equals(effective) && loads.isReachable(prepared.host());
    }

    /** One on a host that went away is left to the reaper: the job does not wait for that host. */
    private boolean canBeUsed(AttemptState.Prepared prepared, String host) {
        return prepared != null && (prepared.host().equals(host) || loads.isReachable(prepared.host()));
    }

    /** Its container is made while it waits, so that a free slot is used at once. */
    private JobPlan preCreate(
            ContainerJob job,
            AttemptState state,
            ContainerTemplateSpec effective,
            DockerHost host,
            Duration waited,
            Moment now) {
        var report = pending(job, state, now, gates.waiting(job, effective, List.of(host), state, waited));
        // A host that refuses whatever it is asked is not asked for what has no turn yet.
        return report instanceof JobPlan.Rest
                        && state.prepared() == null
                        && loads.degraded(HostKey.of(host)).isEmpty()
                ? making.plan(job, attempt(job), effective, host, now)
                : report;
    }

    private JobPlan bind(ContainerJob job, AttemptState state, String host, JobStatuses statuses, Moment now) {
        var prepared = state.prepared();
        if (!prepared.host().equals(host) || making.haveInputsChanged(job, prepared, now)) {
            return remove(prepared);
        }
        // What may be gone, such as by a removal whose answer was lost, is not bound to.
        return state.observation().stale()
                ? new JobPlan.Act(
                        host, new Operation.Observe(prepared.container().id()))
                : new JobPlan.Report(statuses.bound(attempt(job), prepared));
    }

    private static int attempt(ContainerJob job) {
        return JobPhases.lastAttempt(job) + 1;
    }
}
