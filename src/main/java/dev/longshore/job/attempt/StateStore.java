package dev.longshore.job.attempt;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import dev.longshore.job.queue.Room;
import dev.longshore.job.queue.Slots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The states of all jobs that have any, by UID, and what is received about their containers. */
public final class StateStore {
    /** A pre-created container that is gone is not recreated before this has passed. */
    private static final Duration RECREATE_AFTER = Duration.ofSeconds(1);

    /** After these a container has to be inspected again; the others change nothing that matters to a job. */
    private static final Set<String> RELEVANT = Set.of("die", "destroy");

    private final Map<String, SharedState> states = new ConcurrentHashMap<>();
    private final Slots slots;
    private final Function<JobKey, Optional<ContainerJob>> jobs;
    private final Consumer<JobKey> enqueue;
    private final Supplier<Moment> clock;
    private final String instance;
    private final Reservations reservations;

    /**
     * @param jobs those that are known, also where they have no state
     * @param rooms what a container holds of a host
     */
    public StateStore(
            Slots slots,
            Function<JobKey, Optional<ContainerJob>> jobs,
            BiFunction<HostKey, ContainerSnapshot, Room> rooms,
            Consumer<JobKey> enqueue,
            Supplier<Moment> clock,
            String instance) {
        this.slots = slots;
        this.jobs = jobs;
        this.reservations = new Reservations(slots, jobs, rooms);
        this.enqueue = enqueue;
        this.clock = clock;
        this.instance = instance;
    }

    public SharedState of(JobKey key) {
        return states.computeIfAbsent(key.uid(), uid -> new SharedState(key));
    }

    /** What is known of a job; nothing of it is kept where there is nothing yet. */
    public AttemptState known(JobKey key) {
        var shared = states.get(key.uid());
        return shared == null ? AttemptState.NONE : shared.state();
    }

    public List<JobKey> jobs() {
        return states.values().stream().map(SharedState::job).toList();
    }

    /** Jobs of which a host has a container, as far as is known. */
    public List<JobKey> on(HostKey host) {
        var there = states.values().stream().filter(shared -> shared.isOn(host));
        return there.map(SharedState::job).toList();
    }

    /**
     * Stores a job's status. A write that fails may have been stored all the same, also where a repeated request met a
     * conflict with itself: it is remembered until the cache is past it.
     */
    public ContainerJob write(ContainerJob job, ContainerJobStatus status, JobStore store) {
        return write(job, () -> store.writeStatus(job, status));
    }

    /** Stores whether a job has the finalizer, in the same way. */
    public ContainerJob setFinalizer(ContainerJob job, boolean present, JobStore store) {
        return write(job, () -> store.setFinalizer(job, present));
    }

    private ContainerJob write(ContainerJob job, Supplier<ContainerJob> request) {
        var shared = of(JobKey.of(job));
        try {
            var written = request.get();
            shared.update(state -> state.writtenOver().isEmpty() ? state : state.with(next -> next.writtenOver(null)));
            return written;
        } catch (RuntimeException e) {
            shared.update(state -> state.withWrittenOver(job.getMetadata().getResourceVersion()));
            throw e;
        }
    }

    /** The job, or how it is now where a write of ours may have changed it since; nothing where it is gone. */
    public Optional<ContainerJob> latest(ContainerJob job, JobStore store) {
        var key = JobKey.of(job);
        return of(key).state().mayBeOutdated(job) ? store.read(key) : Optional.of(job);
    }

    /** The job is gone: what is being pulled for it is no longer needed. */
    public void abandon(JobKey key) {
        var shared = states.get(key.uid());
        if (shared != null) {
            shared.update(AttemptState::abandoned);
        }
    }

    public void forget(JobKey key) {
        var shared = states.remove(key.uid());
        if (shared != null) {
            // It need not be observed any more.
            shared.update(state -> state.withObservation(state.observation().withoutContainer())
                    .abandoned());
        }
        slots.release(key.uid());
    }

    /** Drops a finished job's state once its container is gone and nothing is in progress. */
    public void forgetIfDone(JobKey key) {
        states.computeIfPresent(
                key.uid(),
                (uid, shared) -> shared.state().inFlight() == null
                                && shared.state().container().isEmpty()
                        ? null
                        : shared);
    }

    /**
     * Slots are taken here, before the host is ready and anything can be started on it. A host is believed about its own
     * only: a container is a job's where that may be on this host; whatever else runs takes a slot of this host alone.
     */
    public void found(HostKey host, List<ContainerSnapshot> all) {
        var containers = all.stream()
                .filter(container -> JobLabels.areOf(instance, host, container.labels()))
                .toList();
        var mine = containers.stream().collect(Collectors.partitioningBy(container -> isOfAJob(host, container)));
        reservations.listed(host, mine.get(true), mine.get(false));
        var listed = mine.get(true).stream()
                .collect(Collectors.toMap(ContainerSnapshot::id, container -> container, (one, other) -> one));
        // What changed unseen: containers that ended, and those that are not there any more.
        states.values().forEach(shared -> {
            var state = shared.state();
            var known = state.container().orElse(null);
            if (known != null && host.equals(state.observation().host())) {
                var now = listed.get(known.id());
                if (now == null) {
                    dropPrepared(shared, known.id());
                }
                if (now != null && now.state() != known.state()) {
                    var isFinished =
                            jobs.apply(shared.job()).filter(JobPhases::finished).isPresent();
                    shared.update(before -> before.relisted(host, now, isFinished));
                }
                if (now == null || now.state() != known.state()) {
                    changed(shared);
                }
            }
        });
        mine.get(true).forEach(container -> adopt(host, container));
    }

    private boolean isOfAJob(HostKey host, ContainerSnapshot container) {
        var key = JobLabels.jobOf(container.labels());
        return known(key).observation().isOf(host, container.id())
                || jobs.apply(key).filter(job -> host.mayHave(job)).isPresent();
    }

    /** A container that this process does not know: of a job from before a restart, finished or not. */
    private void adopt(HostKey host, ContainerSnapshot container) {
        var job = JobLabels.jobOf(container.labels());
        var before = of(job).state();
        var after = of(job).update(state ->
                state.inFlight() == null && isNewer(container, state.container().orElse(null))
                        ? state.withObservation(state.observation().adopted(host, container))
                        : state);
        if (before.container().isEmpty() && after.container().isPresent()) {
            enqueue.accept(job);
        }
    }

    private static boolean isNewer(ContainerSnapshot found, ContainerSnapshot known) {
        return known == null || JobLabels.attemptOf(found.labels()) > JobLabels.attemptOf(known.labels());
    }

    /** @param subscription by which it was received */
    public void changed(HostKey host, ContainerEvent event, long subscription) {
        if (!JobLabels.areOf(instance, host, event.labels())) {
            return;
        }
        var known = states.get(JobLabels.jobOf(event.labels()).uid());
        if (known != null && known.state().concern(host, event.container())) {
            known.update(state -> state.withStart(state.start().received(host, event, subscription)));
        }
        if (!RELEVANT.contains(event.action())) {
            return;
        }
        slots.on(host).removeForeign(event.container());
        var shared = states.get(JobLabels.jobOf(event.labels()).uid());
        if (shared == null || !shared.state().concern(host, event.container())) {
            return;
        }
        if (event.action().equals("destroy")) {
            dropPrepared(shared, event.container());
        }
        // Its slot is given on once its end was observed: until then the daemon takes its network down, and a start at
        // the same time would take twice as long and keep the result waiting.
        changed(shared);
    }

    /** Someone removed the pre-created container: it has to be recreated, not started. */
    private void dropPrepared(SharedState shared, String id) {
        // Not at once: two operators that each make their own would do nothing else.
        var again = clock.get().uptime().plus(RECREATE_AFTER);
        shared.update(state -> {
            if (state.prepared() == null || !state.prepared().container().id().equals(id)) {
                return state;
            }
            var byOurselves = state.inFlight() != null && state.inFlight().kind() == Operation.Kind.REMOVE;
            var dropped =
                    state.withPrepared(null).withObservation(state.observation().withoutContainer());
            return byOurselves ? dropped : dropped.retryAt(again);
        });
    }

    private void changed(SharedState shared) {
        shared.update(AttemptState::markedStale);
        enqueue.accept(shared.job());
    }
}
