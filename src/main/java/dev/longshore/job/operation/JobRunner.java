package dev.longshore.job.operation;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Redactor;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.PullRequest;
import dev.longshore.job.ClusterView;
import dev.longshore.job.Failure;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLogFields;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.HostRefusals;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.config.InputBudget;
import dev.longshore.job.plan.JobPlan;
import dev.longshore.job.queue.Slots;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one operation on a daemon, off the reconciling thread: begun there, done on threads of the host, and its outcome
 * left in the job's {@link SharedState} before the job is enqueued.
 */
public final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration RETRY_INPUTS = Duration.ofSeconds(5);
    private static final Duration RETRY_REFUSED = Duration.ofSeconds(10);

    private final ClusterView cluster;
    private final Redactors redactors = Redactors.withThreads();
    private final InputBudget inputs = new InputBudget();
    private final Supplier<Moment> clock;
    private final Slots slots;
    private final HostRefusals refusals;
    private final Consumer<JobKey> enqueue;
    private final LogFetch logs;
    private final String instance;

    public JobRunner(
            ClusterView cluster,
            Supplier<Moment> clock,
            Slots slots,
            HostRefusals refusals,
            Consumer<JobKey> enqueue,
            LogFetch logs,
            String instance) {
        this.cluster = cluster;
        this.clock = clock;
        this.slots = slots;
        this.refusals = refusals;
        this.enqueue = enqueue;
        this.logs = logs;
        this.instance = instance;
    }

    /** Begins an operation, unless the job has one in progress. Returns at once. */
    public void begin(ContainerJob job, SharedState shared, HostAccess host, JobPlan.Act act) {
        var operation = act.operation();
        if (!shared.begin(operation, act.host())) {
            return;
        }
        var key = JobKey.of(job);
        var bytes = operation instanceof Operation.Prepare prepare
                ? prepare.inputs().bytes()
                : 0;
        if (!inputs.take(key.namespace(), bytes)) {
            // Others are being made that hold as much, perhaps for as long as a pull may take.
            var again = clock.get().uptime().plus(RETRY_INPUTS);
            shared.update(state ->
                    state.with(next -> next.inFlight(null).inputsWait(true).retryAt(again)));
            enqueue.accept(key);
            return;
        }
        var log = JobLogFields.of(job).on(act.host());
        var unused = run(job, shared, new LoggedHost(host, log), act).whenComplete((change, failure) -> {
            inputs.give(key.namespace(), bytes);
            var outcome = failure == null ? change : failed(key, operation, failure, log, shared);
            var state = shared.update(before ->
                    outcome.apply(before).with(next -> next.inFlight(null).pulling(false)));
            // One that has yet to be bound keeps its place, whatever was removed for it.
            if (JobPhases.bound(job) && hasEnded(state)) {
                slots.releaseSlot(key.uid());
            }
            enqueue.accept(key);
        });
    }

    private static boolean hasEnded(AttemptState state) {
        return state.observation().isAbsent() || state.observation().is(ContainerSnapshot.State.EXITED);
    }

    private CompletableFuture<UnaryOperator<AttemptState>> run(
            ContainerJob job, SharedState shared, HostAccess host, JobPlan.Act act) {
        var operation = act.operation();
        if (operation instanceof Operation.Prepare prepare) {
            return prepare(job, shared, host, prepare, act.host());
        }
        var own = new OwnContainers(job, act.host(), instance);
        if (operation instanceof Operation.Start start) {
            return host.call(CallKind.START, docker -> start(docker, start.container(), own, shared));
        }
        if (operation instanceof Operation.Observe observe) {
            var id = observe.container();
            return JobPhases.bound(job)
                    ? logReading(id, own, shared, host).atOnce(id)
                    : host.call(CallKind.OBSERVE, docker -> observe(docker, id, own, shared));
        }
        if (operation instanceof Operation.ReadLog read) {
            return logReading(read.container(), own, shared, host).of(read.container());
        }
        if (operation instanceof Operation.Signal signal) {
            return host.call(CallKind.STOP, docker -> signal(docker, signal, own, shared));
        }
        if (operation instanceof Operation.Remove remove) {
            return host.call(
                    CallKind.REMOVE,
                    docker -> own.remove(docker, remove)
                            .<UnaryOperator<AttemptState>>map(left -> state -> state.withPrepared(null)
                                    .observed(own.host(), left)
                                    .markedStale())
                            .orElse(this::gone));
        }
        return host.call(CallKind.REMOVE, docker -> {
            own.removeAll(docker);
            return state -> gone(state).with(next -> next.cleaned(true));
        });
    }

    private LogReading logReading(String id, OwnContainers own, SharedState shared, HostAccess host) {
        return new LogReading(
                cluster, redactors, clock, logs, own, shared, host, docker -> observe(docker, id, own, shared));
    }

    private CompletableFuture<UnaryOperator<AttemptState>> prepare(
            ContainerJob job, SharedState shared, HostAccess host, Operation.Prepare prepare, String hostKey) {
        var redactor = redactors.of(prepare.inputs().secretValues());
        shared.redactor(redactor);
        // One that is pre-created before its slot is free is still in the queue.
        var slotSince = slots.holds(job.getMetadata().getUid()) ? clock.get().time() : null;
        shared.update(state -> state.with(next -> next.slotSince(slotSince).spans(List.of())));
        var kind = HostRefusals.Kind.of(job.getMetadata().getNamespace(), prepare.effective());
        var timed = new TimedHost(host, clock, span -> shared.update(state -> state.withSpan(span)));
        var image = new PullRequest(prepare.image(), job.getMetadata().getNamespace(), shared.unwanted());
        return new Preparation(
                        timed,
                        prepare,
                        image,
                        hostKey,
                        redactor,
                        pulling -> {
                            var state = shared.update(
                                    before -> before.abandoned() ? before : before.with(next -> next.pulling(pulling)));
                            enqueue.accept(JobKey.of(job));
                            return !state.abandoned();
                        },
                        refusal -> {
                            var now = clock.get();
                            refusals.refused(hostKey, kind, refusal, now.uptime());
                            return state -> state.with(
                                    next -> next.refusals(state.refusals().andOne(refusal, now)));
                        },
                        clock)
                .run();
    }

    /** Invariant: only a container that was never started is started. */
    private UnaryOperator<AttemptState> start(DockerEngine docker, String id, OwnContainers own, SharedState shared) {
        var before = own.inspect(docker, id);
        if (before.filter(container -> container.state() == ContainerSnapshot.State.CREATED)
                .isEmpty()) {
            return observe(docker, id, own, shared);
        }
        var since = clock.get().uptime();
        // Of one whose answer never came nobody knows what it did.
        var isFirst = !id.equals(shared.state().startSent());
        shared.update(state -> state.with(next -> next.startSent(id)));
        try {
            docker.start(id);
        } catch (DockerRefusedException e) {
            var refused = new StartRefused(own, before.get(), isFirst, refusals, clock);
            return refused.by(e, docker, shared).orElseGet(() -> observe(docker, id, own, shared));
        }
        refusals.started(own.host(), HostRefusals.Kind.of(own.job()));
        var change = observe(docker, id, own, shared);
        return state -> change.apply(state).with(next -> next.runningSince(since));
    }

    private UnaryOperator<AttemptState> observe(DockerEngine docker, String id, OwnContainers own, SharedState shared) {
        // What happens after this moment makes the state stale again.
        shared.update(AttemptState::observing);
        var job = own.job();
        Optional<ContainerSnapshot> found;
        try {
            found = own.inspect(docker, id);
        } catch (OwnContainers.Foreign e) {
            if (!JobPhases.bound(job)) {
                // Made ahead, and not what it was: it is made again.
                return this::gone;
            }
            var failure = new Failure(
                    JobReason.CONTAINER_LOST, e.getMessage(), job.getStatus().effective());
            return state -> gone(state).with(next -> next.failure(failure));
        }
        if (found.isEmpty()) {
            return this::gone;
        }
        var container = found.get();
        if (container.state() == ContainerSnapshot.State.RUNNING) {
            // It may have been restarted by hand, and its slot released when it ended.
            slots.reserve(own.host(), job.getMetadata().getUid());
            slots.removeForeign(own.host(), id);
        }
        if (container.state() == ContainerSnapshot.State.EXITED && JobPhases.bound(job)) {
            slots.releaseSlot(job.getMetadata().getUid());
        }
        return state -> state.observed(own.host(), container);
    }

    private UnaryOperator<AttemptState> signal(
            DockerEngine docker, Operation.Signal signal, OwnContainers own, SharedState shared) {
        var found = own.inspect(docker, signal.container());
        if (found.filter(container -> container.state() == ContainerSnapshot.State.RUNNING)
                .isEmpty()) {
            // It ended by itself, and no event has told of that yet.
            return observe(docker, signal.container(), own, shared);
        }
        var sent = signal.signal();
        try {
            docker.kill(signal.container(), sent);
        } catch (DockerRefusedException e) {
            // Such as a stop signal that the daemon does not know: it has to stop all the same.
            LOG.info("{}: signal refused, sending SIGKILL: {}", signal.container(), e.getMessage());
            sent = "SIGKILL";
            docker.kill(signal.container(), sent);
        }
        var stopping = new AttemptState.Stopping(signal.timedOut(), clock.get().uptime(), sent != null);
        return state -> state.with(next -> next.stopping(stopping));
    }

    private AttemptState gone(AttemptState state) {
        return state.gone(clock.get());
    }

    private UnaryOperator<AttemptState> failed(
            JobKey key, Operation operation, Throwable failure, JobLogFields log, SharedState shared) {
        var cause = failure instanceof CompletionException ? requireNonNullElse(failure.getCause(), failure) : failure;
        try (var scope = log.open()) {
            if (cause instanceof DockerUnavailableException) {
                LOG.debug("{}: {} failed, retrying: {}", key, operation.kind(), cause.getMessage());
            } else if (cause instanceof DockerRefusedException) {
                var message = shared.redactor().orElse(Redactor.NONE).redact(cause.getMessage());
                LOG.warn("{}: {} was refused: {}", key, operation.kind(), message);
            } else {
                LOG.error("{}: {} failed", key, operation.kind(), cause);
            }
        }
        // Its effect is unknown, so what was known of the container is no longer.
        // A container that is just being removed by someone else gives no logs, and is gone a moment later.
        var soon = cause instanceof DockerUnavailableException || operation.kind() == Operation.Kind.OBSERVE;
        var wait = soon ? RETRY : RETRY_REFUSED;
        var retryAt = clock.get().uptime().plus(wait);
        return state -> state.markedStale().with(next -> next.retryAt(retryAt));
    }
}
