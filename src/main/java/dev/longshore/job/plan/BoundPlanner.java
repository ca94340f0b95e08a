package dev.longshore.job.plan;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.Blocked;
import dev.longshore.job.ClusterView;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.StopCause;
import dev.longshore.job.placement.HostChoice;
import dev.longshore.job.placement.HostLoads;
import dev.longshore.job.queue.QueuePosition;
import dev.longshore.job.queue.Slots;
import dev.longshore.job.status.JobResult;
import dev.longshore.job.status.JobStatuses;
import dev.longshore.job.status.JobTimes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans an attempt from the moment at which its container is in the status. */
final class BoundPlanner {
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final Duration REPORTED_AFTER = Duration.ofSeconds(1);

    private final ClusterView cluster;
    private final HostLoads loads;
    private final Slots slots;
    private final StartGates gates;
    private final HostChoice hosts;

    BoundPlanner(ClusterView cluster, HostLoads loads, Slots slots, StartGates gates) {
        this.cluster = cluster;
        this.loads = loads;
        this.slots = slots;
        this.gates = gates;
        this.hosts = new HostChoice(cluster, loads);
    }

    JobPlan plan(ContainerJob job, AttemptState state, Moment now) {
        var statuses = new JobStatuses(job, now.time());
        var host = HostKey.of(job.getStatus().host());
        if (state.inFlight() != null) {
            return JobPlan.Rest.untilEvent();
        }
        if (state.failure() != null) {
            return new JobPlan.Report(statuses.ended(JobResult.failed(state.failure()), state.usage()));
        }
        var unreachable = loads.unreachable(host);
        if (unreachable.isPresent()) {
            return unreachable(job, state, host, unreachable.get(), now);
        }
        var wait = loads.connecting(host)
                ? Optional.of(CONNECTING)
                : JobTimes.left(state.timing().retryAt(), now);
        if (wait.isPresent()) {
            return JobPlan.Rest.after(wait.get());
        }
        if (!state.knowsContainer(job.getStatus().containerID())) {
            return new JobPlan.Act(host, new Operation.Observe(job.getStatus().containerID()));
        }
        if (state.observation().isAbsent()) {
            return AbsentContainer.plan(job, state, host, now);
        }
        var container = state.container().orElseThrow();
        return switch (container.state()) {
            case CREATED -> created(job, container, state, host, now);
            case RUNNING -> running(job, container, state, host, now);
            case EXITED -> exited(job, container, state, host, now);
        };
    }

    private JobPlan unreachable(ContainerJob job, AttemptState state, HostKey host, String why, Moment now) {
        if (JobPhases.of(job) == JobPhase.RUNNING) {
            // It may be running: an outage of its host is no failure of the job.
            return JobPlan.Rest.untilEvent();
        }
        if (state.knowsContainer(job.getStatus().containerID())
                && state.observation().is(ContainerSnapshot.State.RUNNING)) {
            return reportRunning(job, state.container().orElseThrow(), now);
        }
        var left = loads.unreached(host).map(HostChoice.PATIENCE::minus).filter(time -> !Moment.isOver(time));
        return left.isPresent() || Withdrawal.isReported(job)
                ? new JobPlan.Rest(left)
                : Pending.report(
                        job,
                        JobReason.HOST_UNREACHABLE,
                        "DockerHost " + host + " is unreachable: " + why,
                        now,
                        Optional.empty());
    }

    private JobPlan created(
            ContainerJob job, ContainerSnapshot container, AttemptState state, HostKey host, Moment now) {
        var statuses = new JobStatuses(job, now.time());
        var over = JobTimes.overBeforeStart(job, now.time());
        if (over.isPresent()) {
            return new JobPlan.Report(statuses.finished(over.get()));
        }
        var refused = state.refusals().exhausted();
        if (refused.isPresent()) {
            return new JobPlan.Report(statuses.ended(JobResult.failed(refused.get()), state.usage()));
        }
        if (job.getSpec().hostSelector() != null
                && state.start().wasRefused(container.id())
                && state.start().mayBeFoundNeverStarted(host, container.id())) {
            // Another host may take it, once it cannot be started here any more.
            return new JobPlan.Act(host, Operation.Remove.of(container));
        }
        var notStarting = notStarting(job, container, state, host, now);
        if (notStarting.isPresent()) {
            return Withdrawal.isDue(job, container, state, host, notStarting.get())
                    ? new JobPlan.Act(host, Operation.Remove.of(container))
                    : blocked(job, state, notStarting.get(), now);
        }
        return start(job, container, state, resource(host).orElseThrow(), now);
    }

    private Optional<DockerHost> resource(HostKey host) {
        return cluster.host(host.namespace(), host.name());
    }

    /** Why its container is not to be started for now. */
    private Optional<Blocked> notStarting(
            ContainerJob job, ContainerSnapshot container, AttemptState state, HostKey host, Moment now) {
        var resource = resource(host);
        return notUsable(job, host, resource, now)
                .or(() -> resource.flatMap(there -> gates.withoutRoom(job, container, state, there)));
    }

    /** Checks the host of a status as before creation: the status, and what the host allows, may have changed since. */
    private Optional<Blocked> notUsable(ContainerJob job, HostKey host, Optional<DockerHost> resource, Moment now) {
        return StartGates.notDue(job, now.time())
                .or(() -> resource.isEmpty()
                        ? Optional.of(new Blocked.Unmet(JobReason.HOST_NOT_FOUND, "DockerHost " + host + " not found"))
                        : hosts.notAdmitted(resource.get(), job.getMetadata().getNamespace())
                                .or(() -> HostChoice.inactive(resource.get())));
    }

    private JobPlan start(
            ContainerJob job, ContainerSnapshot container, AttemptState state, DockerHost host, Moment now) {
        var denied = NextAttempt.denied(job, job.getStatus().effective(), host, now);
        if (denied.isPresent()) {
            return denied.get();
        }
        var withoutSlot = withoutSlot(job, container, state, host, now);
        if (withoutSlot.isPresent()) {
            return blocked(job, state, withoutSlot.get(), now);
        }
        return Withdrawal.isReported(job)
                ? new JobPlan.Report(new JobStatuses(job, now.time())
                        .pending(JobReason.STARTING, "container " + container.name() + " created, starting"))
                : new JobPlan.Act(HostKey.of(host), new Operation.Start(container.id()));
    }

    private Optional<Blocked> withoutSlot(
            ContainerJob job, ContainerSnapshot container, AttemptState state, DockerHost host, Moment now) {
        var effective = job.getStatus().effective();
        return gates.withoutRefusal(job, effective, List.of(host), state, now).either(Optional::of, open -> {
            var admission = gates.admitBound(job, container, host, now);
            return admission.position() == QueuePosition.SLOT
                    ? gates.beginTrial(job, effective, HostKey.of(host), now)
                    : Optional.of(gates.queued(job, effective, open, state, admission, Optional.empty()));
        });
    }

    private JobPlan blocked(ContainerJob job, AttemptState state, Blocked why, Moment now) {
        if (!why.keepsPosition()) {
            slots.keepRoom(HostKey.of(job.getStatus().host()), job.getMetadata().getUid());
        }
        return BlockedJob.plan(
                job,
                state,
                why,
                now,
                failure -> new JobStatuses(job, now.time()).ended(JobResult.failed(failure), state.usage()));
    }

    private JobPlan running(
            ContainerJob job, ContainerSnapshot container, AttemptState state, HostKey host, Moment now) {
        var unreported = JobPhases.of(job) == JobPhase.RUNNING
                ? Optional.<Duration>empty()
                : Optional.of(untilReported(state, now));
        if (unreported.filter(Moment::isOver).isPresent()) {
            if (state.observation().isOnlyStarted()) {
                // The daemon knows since when.
                return new JobPlan.Act(host, new Operation.Observe(container.id()));
            }
            return reportRunning(job, container, now);
        }
        if (unreported.isEmpty() && !JobPhases.upToDate(job)) {
            return new JobPlan.Report(new JobStatuses(job, now.time()).current());
        }
        if (state.stopping() != null) {
            return Stop.proceed(job, state, host, now);
        }
        if (job.getSpec().cancel()) {
            return new JobPlan.Act(host, new Operation.Stop(container.id(), StopCause.CANCELED));
        }
        var left = JobTimes.untilTimeout(job, state, now);
        if (left.filter(Moment::isOver).isPresent()) {
            return new JobPlan.Act(host, new Operation.Stop(container.id(), StopCause.TIMED_OUT));
        }
        return new JobPlan.Rest(
                Stream.concat(left.stream(), unreported.stream()).min(Duration::compareTo));
    }

    /** From then on its deletion waits for its container. */
    private static JobPlan reportRunning(ContainerJob job, ContainerSnapshot container, Moment now) {
        return job.hasFinalizer(JobStore.FINALIZER)
                ? new JobPlan.Report(new JobStatuses(job, now.time()).running(container))
                : new JobPlan.SetFinalizer(true);
    }

    /** Most short jobs end before: their result is the only thing to write. */
    private static Duration untilReported(AttemptState state, Moment now) {
        var since = state.timing().runningSince();
        return since == null ? Duration.ZERO : since.plus(REPORTED_AFTER).minus(now.uptime());
    }

    private JobPlan exited(
            ContainerJob job, ContainerSnapshot container, AttemptState state, HostKey host, Moment now) {
        var output = state.observation().output();
        if (output.isEmpty()) {
            return new JobPlan.Act(host, new Operation.ReadLog(job.getStatus().containerID()));
        }
        var timeout = requireNonNullElse(job.getStatus().effective().timeoutSeconds(), 0);
        var timedOut = state.stopping() != null
                ? state.stopping().cause() == StopCause.TIMED_OUT
                : JobTimes.overranUnobserved(job, container, now.time());
        var result = JobResult.ofExit(container, job.getSpec().cancel(), timedOut, timeout);
        return new JobPlan.Report(
                new JobStatuses(job, now.time()).ended(result, container, output.get(), state.usage()));
    }
}
