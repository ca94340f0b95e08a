package dev.longshore.job.engine;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.EventSink;
import dev.longshore.api.HostJobs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostListener;
import dev.longshore.docker.connection.HostState;
import dev.longshore.job.ClusterView;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLogFields;
import dev.longshore.job.JobMeter;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.JobTraces;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.HostRefusals;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.attempt.StateStore;
import dev.longshore.job.metrics.JobMetricsRecorder;
import dev.longshore.job.operation.JobRunner;
import dev.longshore.job.operation.LogFetch;
import dev.longshore.job.operation.UsageSampler;
import dev.longshore.job.plan.ConnectionLoads;
import dev.longshore.job.plan.JobCleanup;
import dev.longshore.job.plan.JobPlan;
import dev.longshore.job.plan.JobPlanner;
import dev.longshore.job.plan.Rechecks;
import dev.longshore.job.queue.Slots;
import dev.longshore.job.status.Retries;
import dev.longshore.job.status.StatusSize;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs jobs: one reconciliation of a job gathers what is known of it, plans one step, does it, and plans again until there is
 * nothing to do but wait. The operator and {@code longshore run} are two front ends of it.
 *
 * <p>Threads: the front end reconciles a job with one thread at a time, at several jobs at once. A reconciliation never waits for a
 * daemon; operations end on threads of their host, which leave the outcome in the job's {@link SharedState} and enqueue it
 * front end again.
 */
public final class JobEngine {
    /** More steps than any job takes without waiting for a daemon in between. */
    private static final int STEPS_AT_ONCE = 10;

    private static final Duration CONFLICT = Duration.ofMillis(50);

    private final Function<String, Optional<? extends HostAccess>> hosts;
    private final JobEvents events;
    private final JobMetricsRecorder metrics;
    private final Supplier<Moment> clock;
    private final StateStore states;
    private final Slots slots;
    private final HeldJobs held;
    private final HostRefusals refusals;
    private final JobPlanner planner;
    private final JobCleanup cleanup;
    private final JobRunner runner;
    private final UsageSampler usage;
    private final HostEventHandler hostEvents;
    private final MissingJobs missing;
    private final JobFrontEnd frontEnd;

    /**
     * @param hosts those that are connected to, or are about to be, by their key
     * @param instance the installation whose containers these are
     */
    public JobEngine(
            ClusterView cluster,
            Function<String, Optional<? extends HostAccess>> hosts,
            EventSink events,
            JobMeter meter,
            JobTraces traces,
            String instance,
            Supplier<Moment> clock,
            JobFrontEnd frontEnd) {
        this.hosts = requireNonNull(hosts, "hosts is null");
        this.events = new JobEvents(events);
        this.metrics = new JobMetricsRecorder(
                requireNonNull(meter, "meter is null"), requireNonNull(traces, "traces is null"));
        this.clock = requireNonNull(clock, "clock is null");
        this.frontEnd = requireNonNull(frontEnd, "frontEnd is null");
        this.slots = new Slots(frontEnd::enqueue, frontEnd::loadChanged, frontEnd::later);
        this.held = new HeldJobs(frontEnd::loadChanged);
        this.states = new StateStore(slots, frontEnd::job, frontEnd::enqueue, clock, instance);
        this.refusals = new HostRefusals(
                (host, wait) -> frontEnd.later(wait, () -> slots.requeue(host)), frontEnd::loadChanged, this::freed);
        var loads = new ConnectionLoads(hosts, slots, refusals);
        this.planner = new JobPlanner(cluster, loads, slots, refusals, instance);
        this.cleanup = new JobCleanup(loads);
        var logs = new LogFetch(clock, frontEnd::later);
        this.runner = new JobRunner(cluster, clock, slots, refusals, frontEnd::enqueue, logs, instance);
        this.usage = new UsageSampler(hosts, frontEnd::later);
        this.missing = new MissingJobs(hosts, states::known, this::forget, frontEnd);
        this.hostEvents = new HostEventHandler(hosts, slots.barrier(), states, metrics, clock, frontEnd);
    }

    /**
     * Reconciles a job: does what there is to do.
     *
     * @param store where the job's status goes
     * @return when to reconcile again at the latest; nothing: when enqueued, or when the job or what it refers to changes
     */
    public Optional<Duration> reconcile(ContainerJob job, JobStore store) {
        var uid = job.getMetadata().getUid();
        // One that is not ready yet was not asked.
        var awaiting =
                slots.barrier().awaiting(uid).stream().filter(this::isReady).toList();
        try (var scope = JobLogFields.of(job).open()) {
            var again = reconcileUntilAtRest(job, store);
            if (isSynced(JobKey.of(job))) {
                slots.barrier().synced(uid, awaiting);
            }
            return again;
        }
    }

    private boolean isReady(String host) {
        return hosts.apply(host).map(HostAccess::state).stream().anyMatch(HostState::isReady);
    }

    /** One whose container has to be seen or removed first asks for a slot after that, if it needs any. */
    private boolean isSynced(JobKey job) {
        var state = states.of(job).state();
        return state.inFlight() == null || state.observation().isFinal() || slots.isQueued(job.uid());
    }

    private Optional<Duration> reconcileUntilAtRest(ContainerJob job, JobStore store) {
        var latest = states.latest(job, store);
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        var current = latest.get();
        metrics.observed(current, clock.get());
        held.observed(current);
        for (var step = 0; step < STEPS_AT_ONCE; step++) {
            var observed = current;
            var shared = states.of(JobKey.of(observed));
            var state = shared.update(known -> known.asOf(observed).refusedAsOf(observed, clock.get()));
            var plan = planner.plan(current, state, clock.get());
            if (plan instanceof JobPlan.Report report) {
                try {
                    current = report(current, report.status(), state, store);
                } catch (JobStore.Conflict e) {
                    return Optional.of(CONFLICT);
                }
            } else if (plan instanceof JobPlan.Unbind unbind) {
                // One that leads no more leaves it to the one that does.
                if (!frontEnd.stillLeads()) {
                    return Optional.of(Rechecks.SOON);
                }
                try {
                    current = report(current, unbind.status(), state, store);
                    if (unbind.pruned()) {
                        shared.update(known -> known.prunedOnce(clock.get()));
                    }
                } catch (JobStore.Conflict e) {
                    return Optional.of(CONFLICT);
                }
            } else if (plan instanceof JobPlan.Reclaim) {
                var fresh = reclaim(current, shared, store);
                if (fresh.isEmpty()) {
                    return Optional.empty();
                }
                current = fresh.get();
            } else {
                return rest(current, shared, plan, store);
            }
        }
        return Optional.of(CONFLICT);
    }

    /**
     * Stops and removes the containers of a job that is being deleted.
     *
     * @return when to reconcile again; nothing once the job may go
     */
    public Optional<Duration> cleanUp(ContainerJob job, Duration releaseAfter) {
        try (var scope = JobLogFields.of(job).open()) {
            return cleanUpNow(job, releaseAfter);
        }
    }

    private Optional<Duration> cleanUpNow(ContainerJob job, Duration releaseAfter) {
        var key = JobKey.of(job);
        var shared = states.of(key);
        metrics.observed(job, clock.get());
        held.observed(job);
        var state = shared.update(AttemptState::abandoned);
        slots.barrier().synced(key.uid(), slots.barrier().awaiting(key.uid()));
        var plan = cleanup.plan(job, state, clock.get(), releaseAfter);
        if (plan instanceof JobPlan.Delete) {
            forget(key);
            return Optional.empty();
        }
        if (plan instanceof JobPlan.Act act) {
            begin(job, shared, act);
        }
        var requeueAfter = plan instanceof JobPlan.Rest rest ? rest.requeueAfter() : Optional.<Duration>empty();
        return requeueAfter.or(() -> Optional.of(releaseAfter));
    }

    /** Whether something is being done on a daemon for this job, other than a pull for a job that ended meanwhile. */
    public boolean isWorkingOn(JobKey key) {
        var state = states.known(key);
        return state.inFlight() != null && !(state.deletion().abandoned() && state.onlyPulling());
    }

    /** A job that is to be reconciled is not there. */
    public void missing(JobKey key) {
        states.abandon(key);
        missing.check(key);
    }

    /** Finds those jobs of which nobody says that they are gone; to be called now and then. */
    public void findMissing() {
        states.jobs().stream().filter(job -> frontEnd.job(job).isEmpty()).forEach(this::missing);
    }

    /** A job of this key is no longer there, and nothing of it runs. */
    public void forget(JobKey key) {
        states.forget(key);
        metrics.forget(key);
        held.forget(key);
    }

    /** Enqueues all jobs of a host, of which something changed that matters to them, before it starts another. */
    public void reconcileAllOn(String host) {
        hostEvents.reconcileAllOn(host);
    }

    /** The order of the queue is as it was: nobody has to be synced first. */
    private void freed(String host) {
        slots.deferNone(host);
        frontEnd.waitingFor(host).forEach(frontEnd::enqueue);
    }

    /** What is received from a host. */
    public HostListener listener(String host) {
        return hostEvents.of(host);
    }

    /** What a host said last that refuses to create or start whatever it is asked; nothing of one that does not. */
    public Optional<String> refusalOf(String host) {
        return refusals.degraded(host);
    }

    /** How many jobs run on a host and wait for it. */
    public HostJobs jobsOf(String host) {
        return new HostJobs(slots.running(host), slots.waiting(host, held.on(host)));
    }

    private ContainerJob report(ContainerJob job, ContainerJobStatus status, AttemptState known, JobStore store) {
        var written = write(job, status, known, store);
        metrics.observed(written, clock.get());
        held.observed(written);
        var key = JobKey.of(written);
        if (JobPhases.bound(written) && !JobPhases.bound(job)) {
            var bound = written.getStatus().containerID();
            states.of(key).update(state -> state.boundHere(bound, clock.get()));
            if (known.prepared() != null && known.prepared().warning() != null) {
                events.warned(written, known.prepared().warning());
            }
        }
        if (attemptFailed(job, written.getStatus())) {
            var due = clock.get().uptime().plus(Retries.delay(status.effective().retry(), status.attempt()));
            states.of(key).update(state -> state.nextAttempt(status.attempt() + 1, due));
        }
        events.changed(job, written);
        return written;
    }

    /** With less and less of what is large, where it is more than can be stored. */
    private ContainerJob write(ContainerJob job, ContainerJobStatus status, AttemptState known, JobStore store) {
        JobStore.TooLarge refused = null;
        for (var smaller : StatusSize.lessAndLess(job, status, clock.get().time())) {
            try {
                metrics.writing(job, smaller, known);
                return states.write(job, smaller, store);
            } catch (JobStore.TooLarge e) {
                refused = e;
            }
        }
        throw refused;
    }

    /** And the job has another. */
    private static boolean attemptFailed(ContainerJob before, ContainerJobStatus status) {
        return status.reason() == JobReason.RETRY_BACKOFF
                && (before.getStatus() == null
                        || !status.attempts().equals(before.getStatus().attempts()));
    }

    /** A container of this attempt is there, and the cache knows of no binding: only the API server can tell. */
    private Optional<ContainerJob> reclaim(ContainerJob job, SharedState shared, JobStore store) {
        var live = store.read(JobKey.of(job));
        var taken = shared.state().creation().nameTaken();
        shared.update(state -> state.withNameTaken(null));
        if (live.isEmpty()) {
            return live;
        }
        if (!Objects.equals(
                live.get().getMetadata().getResourceVersion(), job.getMetadata().getResourceVersion())) {
            // Else it would be planned once more by what the cache still has, and the name be found to be taken again.
            shared.update(state -> state.withWrittenOver(job.getMetadata().getResourceVersion()));
        }
        var status = live.get().getStatus();
        if (status != null && taken.container().id().equals(status.containerID())) {
            shared.update(
                    state -> state.observed(taken.host(), taken.container()).markedStale());
        } else if (taken.container().state() == ContainerSnapshot.State.CREATED) {
            // Never bound, never started, and perhaps not finished: it is made again.
            var remove = new JobPlan.Act(taken.host(), Operation.Remove.of(taken.container()));
            return rest(live.get(), shared, remove, store).flatMap(wait -> live);
        } else {
            shared.update(state -> state.withPrepared(taken).observed(taken.host(), taken.container()));
        }
        return live;
    }

    /** A host without a connection is unreachable, and no plan works on one that is. */
    private void begin(ContainerJob job, SharedState shared, JobPlan.Act act) {
        hosts.apply(act.host()).ifPresent(host -> runner.begin(job, shared, host, act));
    }

    private Optional<Duration> rest(ContainerJob job, SharedState shared, JobPlan plan, JobStore store) {
        if (plan instanceof JobPlan.Act act) {
            begin(job, shared, act);
            return Optional.empty();
        }
        if (plan instanceof JobPlan.Delete) {
            store.delete(job);
            return Optional.empty();
        }
        if (JobPhases.finished(job)) {
            states.forgetIfDone(JobKey.of(job));
        } else if (JobPhases.of(job) == JobPhase.RUNNING) {
            usage.watch(job, shared);
        }
        return ((JobPlan.Rest) plan).requeueAfter();
    }
}
