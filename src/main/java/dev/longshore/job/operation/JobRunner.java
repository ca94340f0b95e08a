package dev.longshore.job.operation;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Redactor;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.PullRequest;
import dev.longshore.job.ClusterView;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobFrontEnd;
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
import dev.longshore.job.queue.Room;
import dev.longshore.job.queue.Slots;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
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
    private final Redactors redactors;
    private final EndedLogs ended;
    private final InputBudget inputs = new InputBudget();
    private final Supplier<Moment> clock;
    private final Slots slots;
    private final BiFunction<HostKey, ContainerSnapshot, Room> rooms;
    private final HostRefusals refusals;
    private final JobFrontEnd frontEnd;
    private final LogFetch logs;
    private final String instance;

    public JobRunner(
            ClusterView cluster,
            Supplier<Moment> clock,
            Slots slots,
            BiFunction<HostKey, ContainerSnapshot, Room> rooms,
            HostRefusals refusals,
            JobFrontEnd frontEnd,
            LogFetch logs,
            Redactors redactors,
            EndedLogs ended,
            String instance) {
        this.cluster = cluster;
        this.clock = clock;
        this.slots = slots;
        this.rooms = rooms;
        this.refusals = refusals;
        this.frontEnd = frontEnd;
        this.logs = logs;
        this.redactors = redactors;
        this.ended = ended;
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
            // Other preparations hold all of the budget, perhaps for as long as a pull takes.
            var again = clock.get().uptime().plus(RETRY_INPUTS);
            shared.update(state -> state.withInFlight(null)
                    .withCreation(state.creation().withInputsWait(true))
                    .retryAt(again));
            frontEnd.enqueue(key);
            return;
        }
        var log = JobLogFields.of(job).on(act.host());
        var unused = begun(job, shared, new LoggedHost(host, log), act).whenComplete((change, failure) -> {
            inputs.give(key.namespace(), bytes);
            var outcome = failure == null ? change : failed(key, operation, failure, log, shared);
            var state = shared.update(before -> outcome.apply(before).withInFlight(null));
            // A job that is not bound yet keeps its slot, whatever was removed for it.
            if (JobPhases.bound(job) && hasEnded(state)) {
                slots.releaseSlot(key.uid());
            }
            frontEnd.enqueue(key);
        });
    }

    /** Whatever fails, the operation ends. */
    private CompletableFuture<UnaryOperator<AttemptState>> begun(
            ContainerJob job, SharedState shared, HostAccess host, JobPlan.Act act) {
        try {
            return run(job, shared, host, act);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
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
        var container = new ContainerOperations(
                new OwnContainers(job, act.host(), instance),
                shared,
                slots,
                rooms,
                refusals,
                clock,
                () -> isWanted(job),
                id -> frontEnd.surelyLeads()
                        && shared.state().start().isSurelyNotStarted(act.host(), id, host.subscription(), clock.get()));
        if (operation instanceof Operation.Start start) {
            return host.call(CallKind.START, docker -> container.start(docker, start.container()));
        }
        if (operation instanceof Operation.Observe observe) {
            var id = observe.container();
            return JobPhases.bound(job)
                    ? logReading(id, container, host).atOnce(id)
                    : host.call(CallKind.OBSERVE, docker -> container.observe(docker, id));
        }
        if (operation instanceof Operation.ReadLog read) {
            return logReading(read.container(), container, host).of(read.container());
        }
        return end(operation, container, host);
    }

    private CompletableFuture<UnaryOperator<AttemptState>> end(
            Operation operation, ContainerOperations container, HostAccess host) {
        if (operation instanceof Operation.Stop stop) {
            return host.call(CallKind.STOP, docker -> container.stop(docker, stop));
        }
        if (operation instanceof Operation.Kill kill) {
            return host.call(CallKind.STOP, docker -> container.kill(docker, kill));
        }
        if (operation instanceof Operation.Remove remove) {
            return host.call(CallKind.REMOVE, docker -> container.remove(docker, remove));
        }
        var all = (Operation.RemoveAll) operation;
        return host.call(CallKind.REMOVE, docker -> container.removeAll(docker, all, ended));
    }

    /** By what was received of the job since it was planned. Where it was read live for that, the cache may be behind. */
    private boolean isWanted(ContainerJob planned) {
        return frontEnd.job(JobKey.of(planned))
                .filter(known -> JobPhases.mayStart(known)
                        || known.getMetadata().getGeneration()
                                < planned.getMetadata().getGeneration())
                .isPresent();
    }

    private LogReading logReading(String id, ContainerOperations container, HostAccess host) {
        return new LogReading(
                cluster,
                redactors,
                clock,
                logs,
                container.own(),
                container.shared(),
                host,
                docker -> container.observe(docker, id));
    }

    private CompletableFuture<UnaryOperator<AttemptState>> prepare(
            ContainerJob job, SharedState shared, HostAccess host, Operation.Prepare prepare, HostKey hostKey) {
        var redactor = redactors.of(prepare.inputs().secretValues());
        shared.redactor(redactor, prepare.container().name());
        // One that is pre-created before its slot is free is still in the queue.
        var slotSince = slots.holds(job.getMetadata().getUid()) ? clock.get().time() : null;
        shared.update(state -> state.with(next -> next.timing(state.timing().withSlotSince(slotSince))
                .creation(state.creation().withSpans(List.of()))));
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
                                    before -> before.deletion().abandoned() ? before : before.pulling(pulling));
                            frontEnd.enqueue(JobKey.of(job));
                            return !state.deletion().abandoned();
                        },
                        refusal -> {
                            var now = clock.get();
                            refusals.refused(hostKey, kind, refusal, now.uptime());
                            return state -> state.refusedOnce(refusal, now);
                        },
                        clock)
                .run();
    }

    private UnaryOperator<AttemptState> failed(
            JobKey key, Operation operation, Throwable failure, JobLogFields log, SharedState shared) {
        var cause = Failures.cause(failure);
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
        return state -> state.markedStale().retryAt(retryAt);
    }
}
