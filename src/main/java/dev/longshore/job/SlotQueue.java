package dev.longshore.job;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may run on one host. A free slot goes to the first of those that wait, by priority, creation time and name. Every
 * method is atomic and costs O(log n).
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

    private final TreeSet<Applicant> waiting = new TreeSet<>(Applicant.ORDER);
    private final Map<String, Applicant> waitingByUid = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    /** Whether the job has a slot now; if not, it waits in the queue from here on. */
    synchronized boolean ask(Applicant applicant, int slots) {
        var uid = applicant.job().uid();
        if (running.contains(uid)) {
            return true;
        }
        stopWaiting(uid);
        waiting.add(applicant);
        waitingByUid.put(uid, applicant);
        if (running.size() >= slots || !waiting.first().equals(applicant)) {
            return false;
        }
        stopWaiting(uid);
        running.add(uid);
        return true;
    }

    /** A container of the job was found running: it has a slot, whatever the number of slots. */
    synchronized void occupy(String uid) {
        stopWaiting(uid);
        running.add(uid);
    }

    /** The job neither runs nor waits any more. */
    synchronized void leave(String uid) {
        stopWaiting(uid);
        running.remove(uid);
    }

    /** The one to look at, now that something changed. */
    synchronized Optional<JobKey> next() {
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(waiting.first().job());
    }

    synchronized int runningCount() {
        return running.size();
    }

    synchronized int waitingCount() {
        return waiting.size();
    }

    private void stopWaiting(String uid) {
        var applicant = waitingByUid.remove(uid);
        if (applicant != null) {
            waiting.remove(applicant);
        }
    }
}
