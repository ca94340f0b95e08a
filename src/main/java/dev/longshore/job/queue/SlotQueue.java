package dev.longshore.job.queue;

import dev.longshore.job.JobKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The jobs that run on one host and wait for it, and what they take there. Guarded by its {@link Slots}. */
final class SlotQueue {
    private final Holdings holdings = new Holdings();
    private final Turns turns;
    /** Those that wait and have no turn for now, so that others need not wait for them. */
    private final TreeSet<Waiting> deferred = new TreeSet<>(Waiting.ORDER);

    /** Those in line, and those. */
    private final Map<String, Waiting> waitingByUid = new HashMap<>();

    /** @param uptime the time now */
    SlotQueue(Turns.Barrier barrier, Supplier<Duration> uptime) {
        this.turns = new Turns(holdings, barrier, uptime);
    }

    /** The job's position now; if it has no slot, it waits in the queue from here on. */
    QueuePosition admit(Waiting job, HostTerms terms) {
        turns.terms(terms);
        if (holdings.hasSlot(job.uid())) {
            return QueuePosition.SLOT;
        }
        // One that is in line as it was needs no new search.
        if (job.atOnce() == 0 || !job.equals(waitingByUid.get(job.uid()))) {
            stopWaiting(job.uid());
            waitingByUid.put(job.uid(), job);
            if (job.atOnce() == 0) {
                deferred.add(job);
                return QueuePosition.WAITING;
            }
            turns.add(job);
        }
        if (turns.isNext(job)) {
            var demand = job.demand();
            // The GPUs of a container that is there are its own, also where the host does not list them for now.
            var gpus = job.applicant().isBound()
                    ? demand.gpus().ids()
                    : holdings.gpusFor(job, terms, turns.keptBefore(job));
            var room = new Room(demand.nanoCpus(), demand.memory(), gpus);
            stopWaiting(job.uid());
            hold(new Holdings.Holding(job.applicant().job(), room, true, false, false));
            return QueuePosition.SLOT;
        }
        // With fair sharing each start may have another one be the first.
        return turns.isFirst(job) && !terms.fairSharing() ? QueuePosition.NEXT : QueuePosition.WAITING;
    }

    /** What keeps a job that waits from its turn, beside those before it. */
    Set<Lack> lacks(String uid) {
        var lacks = EnumSet.noneOf(Lack.class);
        waiting(uid).ifPresent(job -> {
            lacks.addAll(holdings.lacks(job, turns.terms(), turns.keptBefore(job)));
            if (turns.isFull(job.namespace())) {
                lacks.add(Lack.NAMESPACE);
            }
        });
        return lacks;
    }

    /** Whether the barrier is open to one to which it was not. */
    boolean unbar() {
        return turns.unbar();
    }

    /** Takes the slot of one that applies, and so does not run yet, if it would get something else now; a container keeps its room. */
    boolean takeIfOver(Applicant job, Candidate as) {
        var uid = job.job().uid();
        turns.terms(as.terms());
        if (job.isBound()) {
            return holdings.isOver(uid, as.terms(), as.atOnce()) && keepRoom(uid);
        }
        return (holdings.isOver(uid, as.terms(), as.atOnce()) || holdings.isOutdated(uid, as.terms(), as.demand()))
                && release(uid);
    }

    /** On which jobs were admitted last. */
    HostTerms terms() {
        return turns.terms();
    }

    /** Whether it has a slot. */
    boolean holds(String uid) {
        return holdings.hasSlot(uid);
    }

    /** What it has there. */
    Optional<Room> room(String uid) {
        return holdings.of(uid).map(Holdings.Holding::room);
    }

    /** What a waiting job last applied as. */
    Optional<Waiting> waiting(String uid) {
        return Optional.ofNullable(waitingByUid.get(uid));
    }

    /**
     * A container of the job was found running: it has a slot and room, whatever there is. What it holds is what the container does, where
     * that is known. Returns whether the job waited.
     */
    boolean reserve(JobKey job, Room room) {
        var waited = stopWaiting(job.uid());
        var known = room.equals(Room.NONE) ? room(job.uid()).orElse(room) : room;
        hold(new Holdings.Holding(job, known, true, true, false));
        return waited;
    }

    /** The job is bound to a container that may start later: it has room, and no slot yet. */
    void reserveRoom(JobKey job, Room room) {
        if (holdings.of(job.uid()).isEmpty()) {
            hold(new Holdings.Holding(job, room, false, false, false));
        }
    }

    /** The job is not to start now, and is bound to its container all the same; returns whether it had more. */
    boolean keepRoom(String uid) {
        var waited = stopWaiting(uid);
        var held = holdings.of(uid).filter(Holdings.Holding::slot);
        held.ifPresent(had -> hold(new Holdings.Holding(had.job(), had.room(), false, false, false)));
        return waited || held.isPresent();
    }

    private void hold(Holdings.Holding holding) {
        holdings.put(holding);
        turns.changed(holding.job().namespace());
    }

    /** Whether that is new of the job. */
    boolean pulls(String uid, boolean now) {
        var before = holdings.of(uid);
        if (before.filter(held -> held.slot() && !held.started() && held.pulling() != now)
                .isEmpty()) {
            return false;
        }
        hold(before.get().pulling(now));
        return true;
    }

    /** All have a turn again. */
    void deferNone() {
        deferred.forEach(turns::add);
        deferred.clear();
    }

    /** What is taken beside the jobs, by container; returns whether it is something else now. */
    boolean setForeign(Map<String, Room> containers) {
        return changed(holdings.setForeign(containers));
    }

    /** Whether it was one. */
    boolean removeForeign(String container) {
        return changed(holdings.removeForeign(container));
    }

    private boolean changed(boolean isAnother) {
        if (isAnother) {
            turns.changed();
        }
        return isAnother;
    }

    /** The job neither runs nor waits any more; returns whether it did. */
    boolean release(String uid) {
        var waited = stopWaiting(uid);
        var held = holdings.remove(uid);
        held.ifPresent(was -> turns.changed(was.job().namespace()));
        return waited || held.isPresent();
    }

    /** Those to enqueue after a change: whose turn it is, and whose it was before. */
    Set<JobKey> inTurnAnd(Set<JobKey> before) {
        var both = new LinkedHashSet<>(inTurn());
        before.stream().filter(job -> waitingByUid.containsKey(job.uid())).forEach(both::add);
        return both;
    }

    /** Those whose turn it is; where there is none, those that may have one by now. */
    Set<JobKey> toEnqueue() {
        var now = inTurn();
        return now.isEmpty() ? firstOfEachDeferred() : now;
    }

    /** Those whose turn it is, and those that have none for now and may have one all the same. */
    Set<JobKey> allThatMayHaveATurn() {
        turns.changed();
        var all = new LinkedHashSet<>(firstOfEachDeferred());
        all.addAll(inTurn());
        return all;
    }

    /** One of each namespace, which take their turns each for itself. */
    private Set<JobKey> firstOfEachDeferred() {
        var first = new LinkedHashMap<String, JobKey>();
        deferred.forEach(
                job -> first.putIfAbsent(job.namespace(), job.applicant().job()));
        return Set.copyOf(first.values());
    }

    /** The first that gets what it needs as soon as it applies, and the first in order. */
    Set<JobKey> inTurn() {
        return turns.jobs();
    }

    /** All that is held there. */
    Room total() {
        return holdings.total();
    }

    double share(HostTerms terms) {
        return holdings.share(terms);
    }

    /** Whether a job would lack nothing, were it alone in the queue. */
    boolean fits(Waiting job, HostTerms terms) {
        return holdings.slotsOf(job.namespace()) < terms.mostPerNamespace()
                && holdings.lacks(job, terms, null).isEmpty();
    }

    int runningCount() {
        return holdings.slotsInUse();
    }

    int waitingCount() {
        return waitingByUid.size();
    }

    /** Whether it waited. */
    private boolean stopWaiting(String uid) {
        var job = waitingByUid.remove(uid);
        if (job != null) {
            turns.remove(job);
            deferred.remove(job);
        }
        return job != null;
    }
}
