package dev.longshore.job.queue;

import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * No slot of a host is given until the jobs that may run there were reconciled since it connected: the first to be
 * reconciled need not be the first in order, and it is not known before what each of them has. Safe for use by several
 * threads.
 */
public final class SyncBarrier {
    /** A job that is gone by now is never reconciled: the others do not wait for it any longer. */
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** What a host awaits until its timeout. */
    private static final class Round {
        private final Set<String> unsynced = new HashSet<>();
    }

    private final Map<HostKey, Round> rounds = new HashMap<>();
    private final BiConsumer<Duration, Runnable> later;
    private final Consumer<HostKey> opened;

    /** @param opened what happens once slots of a host are given again; called without a lock */
    SyncBarrier(BiConsumer<Duration, Runnable> later, Consumer<HostKey> opened) {
        this.later = later;
        this.opened = opened;
    }

    /** Gives no slot of a host until each of these jobs, and those that it awaits already, was reconciled. */
    public void await(HostKey host, Collection<JobKey> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        var round = new Round();
        jobs.forEach(job -> round.unsynced.add(job.uid()));
        synchronized (this) {
            var before = rounds.put(host, round);
            if (before != null) {
                round.unsynced.addAll(before.unsynced);
                // Its timer still holds it.
                before.unsynced.clear();
            }
        }
        later.accept(TIMEOUT, () -> expire(host, round));
    }

    /** The hosts that await a job. */
    public synchronized List<HostKey> awaiting(String uid) {
        return rounds.keySet().stream()
                .filter(host -> rounds.get(host).unsynced.contains(uid))
                .toList();
    }

    /** The job was reconciled, and is in the queues of these hosts now if it can run there. */
    public void synced(String uid, Collection<HostKey> hosts) {
        hosts.stream().filter(host -> isLast(uid, host)).forEach(opened);
    }

    private synchronized boolean isLast(String uid, HostKey host) {
        var round = rounds.get(host);
        if (round == null || !round.unsynced.remove(uid) || !round.unsynced.isEmpty()) {
            return false;
        }
        rounds.remove(host);
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

    /** Whether slots of the host are given. */
    synchronized boolean isOpen(HostKey host) {
        return !rounds.containsKey(host);
    }
}
