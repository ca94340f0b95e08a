package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobReason;
import dev.longshore.job.Blocked;
import dev.longshore.job.ClusterView;
import dev.longshore.job.Failure;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.Prepared;
import dev.longshore.job.config.Effective;
import dev.longshore.job.config.InputSources;
import dev.longshore.job.config.InputsBusy;
import dev.longshore.job.config.PrepareOperation;
import dev.longshore.job.placement.HostChoice;
import dev.longshore.job.placement.HostLoads;
import dev.longshore.job.policy.PolicyCheck;
import dev.longshore.job.queue.Admission;
import dev.longshore.job.queue.Room;
import dev.longshore.job.queue.Slots;
import dev.longshore.job.status.JobResult;
import dev.longshore.job.status.JobStatuses;
import java.util.List;
import java.util.Optional;

/** Plans the way to an attempt's container: from which specification, on which host, in which slot. */
final class NextAttempt {
    private final ClusterView cluster;
    private final HostLoads loads;
    private final Slots slots;
    private final StartGates gates;
    private final HostChoice hosts;
    private final PrepareOperation prepare;

    NextAttempt(ClusterView cluster, HostLoads loads, Slots slots, StartGates gates, String instance) {
        this.cluster = cluster;
        this.loads = loads;
        this.slots = slots;
        this.gates = gates;
        this.hosts = new HostChoice(cluster, loads);
        this.prepare = new PrepareOperation(cluster, instance);
    }

    JobPlan plan(ContainerJob job, AttemptState state, Moment now) {
        var notDue = StartGates.notDue(job, now.time()).or(() -> StartGates.backingOff(job, state, now));
        if (notDue.isPresent()) {
            return blocked(job, state, notDue.get(), now);
        }
        try {
            return Effective.of(job, cluster)
                    .either(why -> blocked(job, state, why, now), effective -> of(effective, job, state, now));
        } catch (Effective.TooLarge e) {
            return failed(job, new Failure(JobReason.CREATE_FAILED, e.getMessage(), null), now);
        }
    }

    private JobPlan of(ContainerTemplateSpec effective, ContainerJob job, AttemptState state, Moment now) {
        try {
            var allowed = state.refusals().any()
                    ? hosts.reselect(job, effective, host -> denial(effective, host))
                    : hosts.of(job, effective, host -> denial(effective, host));
            return allowed.either(why -> blocked(job, state, why, now), some -> on(some, effective, job, state, now));
        } catch (InputsBusy e) {
            // It keeps its position in the queue.
            return JobPlan.Rest.after(e.again());
        } catch (InputSources.TooLarge e) {
            return failed(job, new Failure(JobReason.CREATE_FAILED, e.getMessage(), effective), now);
        } catch (IllegalArgumentException e) {
            // An image that is no reference, or credentials that cannot be read.
            return failed(job, new Failure(JobReason.IMAGE_PULL_FAILED, e.getMessage(), effective), now);
        }
    }

    private JobPlan on(
            List<DockerHost> allowed,
            ContainerTemplateSpec effective,
            ContainerJob job,
            AttemptState state,
            Moment now) {
        var denied = denied(job, effective, allowed.get(0), now);
        if (denied.isPresent()) {
            return denied.get();
        }
        var exceeds = HostChoice.exceeds(gates.demand(effective, allowed.get(0)), allowed.get(0));
        if (exceeds.isPresent()) {
            return blocked(job, state, exceeds.get(), now);
        }
        if (isOutdated(state.prepared(), effective)) {
            return Leftovers.remove(state.prepared());
        }
        return gates.withoutRefusal(job, effective, allowed, state, now)
                .either(why -> blocked(job, state, why, now), open -> admit(open, effective, job, state, now));
    }

    /** Comes before the Secrets are read: thousands of jobs that wait for a slot must not read theirs. */
    private JobPlan admit(
            List<DockerHost> open, ContainerTemplateSpec effective, ContainerJob job, AttemptState state, Moment now) {
        var admission = gates.admit(job, effective, open, now);
        return switch (admission.position()) {
            case WAITING -> blocked(job, state, queued(job, effective, open, state, admission), now);
            case NEXT ->
                preCreate(job, state, effective, open.get(0), queued(job, effective, open, state, admission), now);
            case SLOT -> {
                var host = open.stream()
                        .filter(one -> HostKey.of(one).equals(admission.host()))
                        .findFirst()
                        .orElseThrow();
                yield inSlot(host, admission.room(), effective, job, state, now);
            }
        };
    }

    private Blocked queued(
            ContainerJob job,
            ContainerTemplateSpec effective,
            List<DockerHost> open,
            AttemptState state,
            Admission admission) {
        return gates.queued(job, effective, open, state, admission, StartGates.brief(admission.waited()));
    }

    private JobPlan inSlot(
            DockerHost host,
            Room room,
            ContainerTemplateSpec effective,
            ContainerJob job,
            AttemptState state,
            Moment now) {
        var key = HostKey.of(host);
        return gates.beginTrial(job, effective, key, now)
                .map(why -> blocked(job, state, why, now))
                .orElseGet(() -> canBeUsed(state.prepared(), key)
                        ? bind(job, state, key, room, now)
                        : prepare(job, state, effective, host, room, now));
    }

    private JobPlan blocked(ContainerJob job, AttemptState state, Blocked why, Moment now) {
        if (!why.keepsPosition()) {
            slots.release(job.getMetadata().getUid());
        }
        return !(why instanceof Blocked.Undecided)
                        && state.prepared() != null
                        && loads.isReachable(state.prepared().host())
                // Pre-created, and overtaken or not to be started now.
                ? Leftovers.remove(state.prepared())
                : pending(job, state, why, now);
    }

    static JobPlan pending(ContainerJob job, AttemptState state, Blocked why, Moment now) {
        return BlockedJob.plan(
                job,
                state,
                why,
                now,
                over -> new JobStatuses(job, now.time()).failed(JobPhases.currentAttempt(job), over));
    }

    private static JobPlan failed(ContainerJob job, Failure failure, Moment now) {
        return new JobPlan.Report(new JobStatuses(job, now.time()).failed(JobPhases.currentAttempt(job), failure));
    }

    private static Optional<String> denial(ContainerTemplateSpec effective, DockerHost host) {
        return PolicyCheck.denial(effective, host.getSpec());
    }

    /** Reports a job that its host's policy denies. */
    static Optional<JobPlan> denied(ContainerJob job, ContainerTemplateSpec effective, DockerHost host, Moment now) {
        return denial(effective, host)
                .map(why -> JobResult.failed(
                        JobReason.POLICY_DENIED, "denied by policy of DockerHost " + HostKey.of(host) + ": " + why))
                .map(result -> new JobPlan.Report(new JobStatuses(job, now.time()).finished(result)));
    }

    /** Whether the template has changed since the container was created, and the job is not bound yet. */
    private boolean isOutdated(Prepared prepared, ContainerTemplateSpec effective) {
        return prepared != null && !prepared.effective().equals(effective) && loads.isReachable(prepared.host());
    }

    /** One on an unreachable host is left to the reaper: the job does not wait for that host. */
    private boolean canBeUsed(Prepared prepared, HostKey host) {
        return prepared != null && (prepared.host().equals(host) || loads.isReachable(prepared.host()));
    }

    /** Its container is created while it waits, so that a free slot is used at once. */
    private JobPlan preCreate(
            ContainerJob job,
            AttemptState state,
            ContainerTemplateSpec effective,
            DockerHost host,
            Blocked queued,
            Moment now) {
        var report = pending(job, state, queued, now);
        var demand = gates.demand(effective, host);
        // On a host that refuses all requests, nothing is created before it is due; and which GPUs it gets is not
        // known.
        return report instanceof JobPlan.Rest
                        && state.prepared() == null
                        && loads.degraded(HostKey.of(host)).isEmpty()
                        && !demand.gpus().any()
                ? prepare(job, state, effective, host, new Room(demand.nanoCpus(), demand.memory(), List.of()), now)
                : report;
    }

    private JobPlan prepare(
            ContainerJob job,
            AttemptState state,
            ContainerTemplateSpec effective,
            DockerHost host,
            Room room,
            Moment now) {
        var key = HostKey.of(host);
        return prepare.operation(
                        job,
                        JobPhases.currentAttempt(job),
                        effective,
                        host,
                        loads.engine(key),
                        room.gpus(),
                        room.label(),
                        now)
                .either(why -> blocked(job, state, why, now), operation -> new JobPlan.Act(key, operation));
    }

    private JobPlan bind(ContainerJob job, AttemptState state, HostKey host, Room room, Moment now) {
        var prepared = state.prepared();
        if (!prepared.host().equals(host) || !prepared.holds(room)) {
            return Leftovers.remove(prepared);
        }
        return prepare.haveInputsChanged(job, prepared, now)
                .either(
                        why -> blocked(job, state, why, now),
                        changed -> changed ? Leftovers.remove(prepared) : bind(job, state, prepared, now));
    }

    /** What may be gone, such as by a removal whose answer was lost, is not bound to. */
    private static JobPlan bind(ContainerJob job, AttemptState state, Prepared prepared, Moment now) {
        return state.observation().stale()
                ? new JobPlan.Act(
                        prepared.host(),
                        new Operation.Observe(prepared.container().id()))
                : new JobPlan.Report(new JobStatuses(job, now.time()).bound(JobPhases.currentAttempt(job), prepared));
    }
}
