package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.job.JobKey;
import dev.longshore.job.status.JobTimes;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Writes that nothing depends on, such as why a job waits, or that a finished one needs no finalizer any more. After a restart or an
 * upgrade there may be one for each of ten thousand jobs, and those that can start have to go first: of these only a
 * few are written at once, in the order of priority and age. Any thread; enqueues without the lock.
 */
final class BackgroundWrites {
    /** At once: a fraction of the threads that reconcile. */
    private static final int TURNS = 3;

    private record Waiting(int priority, Instant created, JobKey job) {
        private static final Comparator<Waiting> ORDER = Comparator.comparingInt(Waiting::priority)
                .thenComparing(Waiting::created)
                .thenComparing(waiting -> waiting.job().uid());
    }

    private final TreeSet<Waiting> waiting = new TreeSet<>(Waiting.ORDER);
    private final Map<String, Waiting> waitingByUid = new HashMap<>();
    /** Those that may write now, or will be reconciled for it. */
    private final Map<String, JobKey> turns = new HashMap<>();

    private final Consumer<JobKey> enqueue;

    BackgroundWrites(Consumer<JobKey> enqueue) {
        this.enqueue = enqueue;
    }

    /** A reconciliation of the job begins: it may want to write no more. */
    synchronized void begins(JobKey job) {
        drop(job.uid());
    }

    /** Whether the job may write now; if not, it is enqueued when it may. */
    synchronized boolean mayWrite(ContainerJob job) {
        var key = JobKey.of(job);
        if (turns.containsKey(key.uid())) {
            return true;
        }
        if (turns.size() < TURNS && waiting.isEmpty()) {
            turns.put(key.uid(), key);
            return true;
        }
        var next = new Waiting(job.getSpec().priority(), JobTimes.created(job), key);
        drop(key.uid());
        waiting.add(next);
        waitingByUid.put(key.uid(), next);
        return false;
    }

    /** The job is gone, or is being deleted. */
    void dropped(JobKey job) {
        begins(job);
        ended(job);
    }

    /** A reconciliation of the job has ended: its turn is the next one's. While any waits, all turns are taken. */
    void ended(JobKey job) {
        JobKey next = null;
        synchronized (this) {
            turns.remove(job.uid());
            if (turns.size() < TURNS && !waiting.isEmpty()) {
                next = waiting.first().job();
                drop(next.uid());
                turns.put(next.uid(), next);
            }
        }
        if (next != null) {
            enqueue.accept(next);
        }
    }

    private void drop(String uid) {
        var before = waitingByUid.remove(uid);
        if (before != null) {
            waiting.remove(before);
        }
    }
}
