package dev.longshore.local;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread of a run, on which all of its state is read and changed. */
final class RunThread implements AutoCloseable {
    private final ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(1, task -> {
        var thread = new Thread(task, "run");
        thread.setDaemon(true);
        return thread;
    });

    RunThread() {
        pool.setRemoveOnCancelPolicy(true);
    }

    /** Does nothing once the run is over. */
    void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            return;
        }
    }

    /** Called on this thread. */
    void executeAfter(Duration delay, Runnable task) {
        var unused = pool.schedule(task, delay.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    void executeEvery(Duration pause, Runnable task) {
        var unused = pool.scheduleWithFixedDelay(task, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Interrupts what it does. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
