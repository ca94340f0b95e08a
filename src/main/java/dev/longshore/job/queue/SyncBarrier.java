package dev.longshore.job.queue;

import dev.longshore.job.HostKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * No slot of a host is given to a job until those before it in order were reconciled since the host connected: the first to be
 * reconciled need not be the first in order, and it is not known before what each of them has. Safe for use by several
 * threads.
 */
public final class SyncBarrier {
    /** A job that is gone by now is never reconciled: the others do not wait for it any longer. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** What a host awaits until its timeout. */
    private static final class Round {
        private final Map<String, Applicant> unsynced = new HashMap<>();
        private final TreeSet<Applicant> inOrder = new TreeSet<>(Applicant.ORDER);

        void add(Applicant job) {
            remove(job.job().uid());
            unsynced.put(job.job().uid(), job);
            inOrder.add(job);
        }

        /** Whether it was the first. */
        boolean remove(String uid) {
            var job = unsynced.remove(uid);
            var isFirst = job != null && inOrder.first().equals(job);
            if (job != null) {
                inOrder.remove(job);
            }
            return isFirst;
        }

        void clear() {
            unsynced.clear();
            inOrder.clear();
        }
    }

    private final Map<HostKey, Round> rounds = new HashMap<>();
    private final BiConsumer<Duration, Runnable> later;
    private final Consumer<HostKey> opened;

    /** @param opened what happens once slots of a host may be given to more jobs; called without a lock */
    SyncBarrier(BiConsumer<Duration, Runnable> later, Consumer<HostKey> opened) {
        this.later = later;
        this.opened = opened;
    }

    /** Gives no slot of a host to any that is after one of these jobs, or of those that it awaits already, until that was reconciled. */
    public void await(HostKey host, Collection<Applicant> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        var round = new Round();
        jobs.forEach(round::add);
        synchronized (this) {
            var before = rounds.put(host, round);
            if (before != null) {
                before.inOrder.stream()
                        .filter(job -> !round.unsynced.containsKey(job.job().uid()))
                        .toList()
                        .forEach(round::add);
                // Its timer still holds it.
                before.clear();
            }
        }
        later.accept(TIMEOUT, () -> expire(host, round));
    }

    /** The hosts that await a job. */
    public synchronized List<HostKey> awaiting(String uid) {
        return rounds.keySet().stream()
                .filter(host -> rounds.get(host).unsynced.containsKey(uid))
                .toList();
    }

    /** The job was reconciled, and is in the queues of these hosts now if it can run there. */
    public void synced(String uid, Collection<HostKey> hosts) {
        hosts.stream().filter(host -> opens(uid, host)).forEach(opened);
    }

    private synchronized boolean opens(String uid, HostKey host) {
        var round = rounds.get(host);
        if (round == null || !round.remove(uid)) {
            return false;
        }
        if (round.unsynced.isEmpty()) {
            rounds.remove(host);
        }
        return true;
    }

    /** A later round has a timeout of its own. */
    private void expire(HostKey host, Round round) {
        boolean isCurrent;
        synchronized (this) {
            isCurrent = rounds.remove(host, round);
        }
        if (isCurrent) {
            opened.accept(host);
        }
    }

    /** Whether all jobs of the host were reconciled since it connected. */
    synchronized boolean isSynced(HostKey host) {
        return !rounds.containsKey(host);
    }

    /**
     * Whether a slot of the host may be given to a job.
     *
     * @param fairSharing whether any of its priority may be before it
     */
    synchronized boolean isOpen(HostKey host, Applicant job, boolean fairSharing) {
        var round = rounds.get(host);
        if (round == null) {
            return true;
        }
        var first = round.inOrder.first();
        if (first.job().equals(job.job())) {
            first = round.inOrder.higher(first);
        }
        return first == null
                || (fairSharing ? job.priority() < first.priority() : Applicant.ORDER.compare(job, first) < 0);
    }
}
