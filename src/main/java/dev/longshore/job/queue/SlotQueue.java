package dev.longshore.job.queue;

import dev.longshore.job.JobKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The jobs that run on one host and wait for it. A free slot goes to the first that waits, by priority, creation time and name. Every
 * method costs O(log n); guarded by its {@link Slots}.
 */
final class SlotQueue {
    private final TreeSet<Applicant> waiting = new TreeSet<>(Applicant.ORDER);
    /** Those that wait and have no turn for now, so that others need not wait for them. */
    private final TreeSet<Applicant> deferred = new TreeSet<>(Applicant.ORDER);

    /** Those of both. */
    private final Map<String, Applicant> waitingByUid = new HashMap<>();

    private final Set<String> running = new HashSet<>();
    /** Those of them whose containers were observed running. */
    private final Set<String> started = new HashSet<>();
    /** Those of them that wait for an image: they request nothing of the host that it could refuse. */
    private final Set<String> pulling = new HashSet<>();
    /** Containers that run there and are of no job that may be there, as far as is known. */
    private final Set<String> foreign = new HashSet<>();

    private final Predicate<Applicant> open;
    /** The first that waits, if it is not open to it. */
    private Applicant barred;

    /** @param open whether a slot may be given to a job now */
    SlotQueue(Predicate<Applicant> open) {
        this.open = open;
    }

    /** The job's position now; if it has no slot, it waits in the queue from here on. */
    QueuePosition admit(Applicant applicant, int slots) {
        return admit(applicant, slots, Integer.MAX_VALUE);
    }

    /** @param atOnce how many slots those may have that do not run yet; 0 for one that has no turn for now */
    QueuePosition admit(Applicant applicant, int slots, int atOnce) {
        var uid = applicant.job().uid();
        if (running.contains(uid)) {
            return QueuePosition.SLOT;
        }
        stopWaiting(uid);
        waitingByUid.put(uid, applicant);
        if (atOnce == 0) {
            deferred.add(applicant);
            return QueuePosition.WAITING;
        }
        waiting.add(applicant);
        if (!waiting.first().equals(applicant)) {
            return QueuePosition.WAITING;
        }
        if (!open.test(applicant)) {
            barred = applicant;
            return QueuePosition.WAITING;
        }
        if (runningCount() >= limit(slots, atOnce)) {
            return QueuePosition.NEXT;
        }
        stopWaiting(uid);
        running.add(uid);
        return QueuePosition.SLOT;
    }

    /** Whether it is open to the first that waits, and was not when that last applied. */
    boolean unbar() {
        if (barred == null || !open.test(barred)) {
            return false;
        }
        barred = null;
        return true;
    }

    /** Whether more have a slot than may have one now. */
    boolean isOver(int slots, int atOnce) {
        return runningCount() > limit(slots, atOnce);
    }

    private int limit(int slots, int atOnce) {
        return (int) Math.min(slots, (long) started.size() + pulling.size() + foreign.size() + atOnce);
    }

    boolean holds(String uid) {
        return running.contains(uid);
    }

    /** What a waiting job last applied as. */
    Optional<Applicant> waiting(String uid) {
        return Optional.ofNullable(waitingByUid.get(uid));
    }

    /** A container of the job was found running: it has a slot, whatever the number of slots. */
    void reserve(String uid) {
        stopWaiting(uid);
        running.add(uid);
        started.add(uid);
        pulling.remove(uid);
    }

    /** Whether that is new of the job. */
    boolean pulls(String uid, boolean now) {
        return now ? running.contains(uid) && !started.contains(uid) && pulling.add(uid) : pulling.remove(uid);
    }

    /** All have a turn again. */
    void deferNone() {
        waiting.addAll(deferred);
        deferred.clear();
    }

    /** What takes slots beside the jobs; returns whether their number is another now. */
    boolean setForeign(Set<String> containers) {
        var before = foreign.size();
        foreign.clear();
        foreign.addAll(containers);
        return foreign.size() != before;
    }

    /** Whether it was one. */
    boolean removeForeign(String container) {
        return foreign.remove(container);
    }

    /** The job neither runs nor waits any more; returns whether it did. */
    boolean release(String uid) {
        var was = stopWaiting(uid) | running.remove(uid);
        started.remove(uid);
        pulling.remove(uid);
        return was;
    }

    /** Those to enqueue after a change: the first in order, and the one that was before. */
    Set<JobKey> firstNowAnd(Optional<JobKey> before) {
        var both = new LinkedHashSet<JobKey>();
        next().ifPresent(both::add);
        before.filter(job -> waitingByUid.containsKey(job.uid())).ifPresent(both::add);
        return both;
    }

    /** The first in order; where there is none, those that may have a turn by now. */
    Set<JobKey> toEnqueue() {
        return next().map(Set::of).orElseGet(this::firstOfEachDeferred);
    }

    /** The first in order, and those that have no turn for now and may have one all the same. */
    Set<JobKey> allThatMayHaveATurn() {
        var all = new LinkedHashSet<>(firstOfEachDeferred());
        next().ifPresent(all::add);
        return all;
    }

    /** One of each namespace, which take their turns each for itself. */
    private Set<JobKey> firstOfEachDeferred() {
        var first = new LinkedHashMap<String, JobKey>();
        deferred.forEach(applicant -> first.putIfAbsent(applicant.job().namespace(), applicant.job()));
        return Set.copyOf(first.values());
    }

    /** The first in order. */
    Optional<JobKey> next() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(waiting.first().job());
    }

    int runningCount() {
        return running.size() + foreign.size();
    }

    int waitingCount() {
        return waitingByUid.size();
    }

    /** Whether it waited. */
    private boolean stopWaiting(String uid) {
        var applicant = waitingByUid.remove(uid);
        if (applicant != null) {
            waiting.remove(applicant);
            deferred.remove(applicant);
        }
        return applicant != null;
    }
}
