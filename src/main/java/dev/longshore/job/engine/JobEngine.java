package dev.longshore.job.engine;

import dev.longshore.api.Allocated;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.HostJobs;
import dev.longshore.docker.connection.HostListener;
import dev.longshore.job.HostKey;
import dev.longshore.job.Hosts;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLogFields;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.HostRefusals;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.attempt.StateStore;
import dev.longshore.job.metrics.JobMetricsRecorder;
import dev.longshore.job.operation.JobRunner;
import dev.longshore.job.operation.LogFetch;
import dev.longshore.job.operation.Redactors;
import dev.longshore.job.operation.UsageSampler;
import dev.longshore.job.placement.ConnectionLoads;
import dev.longshore.job.placement.ContainerRooms;
import dev.longshore.job.placement.HostRoom;
import dev.longshore.job.plan.JobCleanup;
import dev.longshore.job.plan.JobPlanner;
import dev.longshore.job.queue.Slots;
import dev.longshore.job.retention.RetainedContainers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs jobs: one reconciliation of a job gathers what is known of it, plans one step, does it, and plans again until there is
 * nothing to do but wait. The operator and {@code longshore run} are two front ends of it.
 *
 * <p>Threads: the front end reconciles a job with one thread at a time, at several jobs at once. A reconciliation never waits for a
 * daemon; operations end on threads of their host, which leave the outcome in the job's {@link SharedState} and enqueue it.
 */
public final class JobEngine {
    private final Hosts hosts;
    private final JobFrontEnd frontEnd;
    private final Supplier<Moment> clock;
    private final JobMetricsRecorder metrics;
    private final StateStore states;
    private final Slots slots;
    private final HeldJobs held;
    private final HostRefusals refusals;
    private final Deletion deletion;
    private final EndedContainers ended;
    private final RetainedContainers retained;
    private final StatusWriter statuses;
    private final HostEventHandler hostEvents;
    private final MissingJobs missing;
    private final DeletedJobs deleted;
    private final BackgroundWrites background;
    private final Steps steps;

    /** @param instance the installation whose containers these are */
    public JobEngine(EnginePorts ports, String instance) {
        hosts = ports.hosts();
        frontEnd = ports.frontEnd();
        clock = ports.clock();
        metrics = new JobMetricsRecorder(ports.meter(), ports.traces());
        slots = new Slots(
                frontEnd::enqueue,
                frontEnd::loadChanged,
                frontEnd::later,
                () -> clock.get().uptime());
        held = new HeldJobs(frontEnd::loadChanged);
        refusals = new HostRefusals(
                (host, wait) -> frontEnd.later(wait, () -> slots.on(host).requeue()),
                frontEnd::loadChanged,
                this::freed);
        var loads = new ConnectionLoads(hosts, slots, refusals);
        var rooms = new ContainerRooms(ports.cluster(), frontEnd::job, loads);
        states = new StateStore(slots, frontEnd::job, rooms, frontEnd::enqueue, clock, instance);
        retained = new RetainedContainers(() -> clock.get().uptime());
        var redactors = Redactors.withThreads();
        ended = new EndedContainers(ports, redactors, retained, instance);
        background = new BackgroundWrites(frontEnd::enqueue);
        statuses = new StatusWriter(ports, states, metrics, held, ended.reports());
        var logs = new LogFetch(clock, frontEnd::later);
        var runner = new JobRunner(
                ports.cluster(), clock, slots, rooms, refusals, frontEnd, logs, redactors, ended, instance);
        var retention = ended.retention();
        var planner = new JobPlanner(
                ports.cluster(), loads, slots, refusals, retention, retained, ended::released, ended::seek, instance);
        var usage = new UsageSampler(hosts, clock, frontEnd::later);
        steps = new Steps(hosts, clock, states, planner, ended, statuses, runner, usage, background, frontEnd);
        deletion =
                new Deletion(states, slots, new JobCleanup(loads, retained), ended, clock, steps::begin, this::forget);
        deleted = new DeletedJobs(this::cleanUpNow, clock, frontEnd);
        missing = new MissingJobs(hosts, states::known, this::forget, frontEnd);
        hostEvents = new HostEventHandler(
                hosts, slots.barrier(), states, retained, metrics, clock, frontEnd, ended::hostChanged);
    }

    /**
     * Reconciles a job: does what there is to do.
     *
     * @param store where the job's status goes
     * @return when to reconcile again at the latest; nothing: when enqueued, or when the job or what it refers to changes
     */
    public Optional<Duration> reconcile(ContainerJob job, JobStore store) {
        var uid = job.getMetadata().getUid();
        // Not those that become ready meanwhile: this reconciliation may not have checked them.
        var awaiting =
                slots.barrier().awaiting(uid).stream().filter(hosts::isReady).toList();
        background.begins(JobKey.of(job));
        try (var scope = JobLogFields.of(job).open()) {
            var again = steps.untilAtRest(job, store);
            if (isSynced(JobKey.of(job))) {
                slots.barrier().synced(uid, awaiting);
            }
            return again;
        } finally {
            background.ended(JobKey.of(job));
        }
    }

    /** A job whose container has to be observed or removed first applies for a slot after that, if it needs one. */
    private boolean isSynced(JobKey job) {
        var state = states.of(job).state();
        return state.inFlight() == null || state.observation().isFinal() || slots.isQueued(job.uid());
    }

    /**
     * Stops and removes the containers of a job that is being deleted.
     *
     * @return when to reconcile again; nothing once the job may go
     */
    public Optional<Duration> cleanUp(ContainerJob job, Duration releaseAfter) {
        if (deleted.isCleaned(job)) {
            return Optional.empty();
        }
        var again = cleanUpNow(job, releaseAfter);
        deleted.reconciled(JobKey.of(job), again.isEmpty());
        return again;
    }

    private Optional<Duration> cleanUpNow(ContainerJob job, Duration releaseAfter) {
        background.dropped(JobKey.of(job));
        try (var scope = JobLogFields.of(job).open()) {
            statuses.observed(job);
            return deletion.cleanUp(job, releaseAfter);
        }
    }

    /** Whether something is being done on a daemon for this job, other than a pull for a job that ended meanwhile. */
    public boolean isWorkingOn(JobKey key) {
        var state = states.known(key);
        return state.inFlight() != null && !(state.deletion().abandoned() && state.onlyPulling())
                || retained.holds(key.uid());
    }

    /** The containers that have ended, some of which have to stay for a while. */
    public EndedContainers ended() {
        return ended;
    }

    /**
     * A job is gone: its containers are stopped and removed, and keep its slot until then. Not again where
     * {@link #cleanUp} has done so while a finalizer held it.
     *
     * @param last as it was last
     * @param releaseAfter longest time that an unreachable host is waited for
     */
    public void deleted(ContainerJob last, Duration releaseAfter) {
        deleted.add(last, releaseAfter);
    }

    /** Whether containers of jobs that are gone are being removed from a host, and it should not go before that. */
    public boolean isCleaningUp(HostKey host) {
        return deleted.delay(host);
    }

    /** A job that is to be reconciled is not there. */
    public void missing(JobKey key) {
        background.dropped(key);
        states.abandon(key);
        deleted.cleanUp(key);
    }

    /** Finds jobs whose deletion was not received; to be called now and then. */
    public void findMissing() {
        deleted.forgetMissing();
        states.jobs().stream()
                .filter(job -> frontEnd.job(job).isEmpty() && !deleted.has(job))
                .forEach(job -> {
                    states.abandon(job);
                    missing.check(job);
                });
    }

    /** A job cannot be read for now: no other waits for it. What it runs keeps its slot. */
    public void setAside(JobKey key) {
        background.dropped(key);
        var state = states.known(key);
        if (state.inFlight() == null && !state.observation().mayRun()) {
            slots.release(key.uid());
        }
    }

    /** A job of this key is no longer there, and nothing of it runs. */
    public void forget(JobKey key) {
        background.dropped(key);
        states.forget(key);
        metrics.forget(key);
        held.forget(key);
        ended.forget(key);
    }

    /** Enqueues all jobs of a host, of which something changed that matters to them, before it starts another. */
    public void reconcileAllOn(HostKey host) {
        hostEvents.reconcileAllOn(host);
    }

    /** The order of the queue is as it was: nobody has to be synced first. */
    private void freed(HostKey host) {
        slots.on(host).deferNone();
        frontEnd.waitingFor(host).forEach(frontEnd::enqueue);
    }

    /** What is received from a host. */
    public HostListener listener(HostKey host) {
        return hostEvents.of(host);
    }

    /** The last refusal of a host that is degraded; empty for any other. */
    public Optional<String> refusalOf(HostKey host) {
        return refusals.degraded(host);
    }

    /** How many jobs run on a host and wait for it. */
    public HostJobs jobsOf(HostKey host) {
        return new HostJobs(slots.on(host).running(), slots.waiting(host, held.on(host)));
    }

    /** What jobs hold of a host's {@code allocatable}; null where it has none. */
    public Allocated allocated(DockerHost host) {
        return HostRoom.allocated(host, slots.on(HostKey.of(host)).held());
    }
}
