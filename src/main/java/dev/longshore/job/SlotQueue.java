package dev.longshore.job;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may run on one host. A free slot goes to the first of those that wait, by priority, creation time and name. Every
 * method costs O(log n); guarded by its {@link Slots}.
 */
final class SlotQueue {
    /** A job that wants to run. */
    record Applicant(JobKey job, int priority, Instant created) {
        private static final Comparator<Applicant> ORDER = Comparator.comparingInt(Applicant::priority)
                .thenComparing(Applicant::created)
                .thenComparing(applicant -> applicant.job().namespace())
                .thenComparing(applicant -> applicant.job().name())
                .thenComparing(applicant -> applicant.job().uid());
    }

    /** Where a job stands. */
    enum Place {
        /** It has a slot. */
        SLOT,
        /** All slots are taken, and the next one that is free is its own. */
        NEXT,
        WAITING
    }

    private final TreeSet<Applicant> waiting = new TreeSet<>(Applicant.ORDER);
    private final Map<String, Applicant> waitingByUid = new HashMap<>();
    private final Set<String> running = new HashSet<>();
    /** Containers that run there and are of no job that could be there, as far as is known. */
    private final Set<String> strangers = new HashSet<>();
    /** Those of them whose containers were seen to run. */
    private final Set<String> started = new HashSet<>();
    /** Jobs that have to be heard before anyone gets a slot. */
    private final Set<String> expected = new HashSet<>();

    /** Where the job stands now; if it has no slot, it waits in the queue from here on. */
    Place ask(Applicant applicant, int slots) {
        return ask(applicant, slots, Integer.MAX_VALUE);
    }

    /** @param atOnce how many slots those may have that do not run yet */
    Place ask(Applicant applicant, int slots, int atOnce) {
        var uid = applicant.job().uid();
        if (running.contains(uid)) {
            return Place.SLOT;
        }
        stopWaiting(uid);
        waiting.add(applicant);
        waitingByUid.put(uid, applicant);
        if (!expected.isEmpty() || !waiting.first().equals(applicant)) {
            return Place.WAITING;
        }
        if (runningCount() >= limit(slots, atOnce)) {
            return Place.NEXT;
        }
        stopWaiting(uid);
        running.add(uid);
        return Place.SLOT;
    }

    /** How many may have a slot now. */
    int limit(int slots, int atOnce) {
        return (int) Math.min(slots, (long) started.size() + strangers.size() + atOnce);
    }

    boolean holds(String uid) {
        return running.contains(uid);
    }

    /** What a waiting job last asked as. */
    Optional<Applicant> waiting(String uid) {
        return Optional.ofNullable(waitingByUid.get(uid));
    }

    /** A container of the job was found running: it has a slot, whatever the number of slots. */
    void occupy(String uid) {
        stopWaiting(uid);
        running.add(uid);
        started.add(uid);
    }

    /** Who takes slots beside the jobs. */
    void strangers(Set<String> containers) {
        strangers.clear();
        strangers.addAll(containers);
    }

    /** Whether it was one. */
    boolean noStranger(String container) {
        return strangers.remove(container);
    }

    /** The job neither runs nor waits any more. */
    void leave(String uid) {
        stopWaiting(uid);
        running.remove(uid);
        started.remove(uid);
    }

    /** No slot is given until each of these was heard: the first to be looked at need not be the first in order. */
    void expect(Set<String> uids) {
        expected.addAll(uids);
    }

    /** Whether it was the last one that was expected. */
    boolean heard(String uid) {
        return expected.remove(uid) && expected.isEmpty();
    }

    void expectNoMore() {
        expected.clear();
    }

    boolean expects(String uid) {
        return expected.contains(uid);
    }

    /** Those to look at after a change: the first in order, and the one that was before. */
    Set<JobKey> firstNowAnd(Optional<JobKey> before) {
        var both = new LinkedHashSet<JobKey>();
        next().ifPresent(both::add);
        before.filter(job -> waitingByUid.containsKey(job.uid())).ifPresent(both::add);
        return both;
    }

    /** The first in order. */
    Optional<JobKey> next() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(waiting.first().job());
    }

    int runningCount() {
        return running.size() + strangers.size();
    }

    int waitingCount() {
        return waiting.size();
    }

    private void stopWaiting(String uid) {
        var applicant = waitingByUid.remove(uid);
        if (applicant != null) {
            waiting.remove(applicant);
        }
    }
}
