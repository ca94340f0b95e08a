package dev.longshore.local;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
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

    /** What is to be executed later. Used by this thread alone. */
    private final Map<Object, Future<?>> timers = new HashMap<>();

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

    /** In the place of what was to be executed later under the same key. Called on this thread. */
    void executeAfter(Object key, Duration delay, Runnable task) {
        cancel(key);
        Runnable timer = () -> {
            timers.remove(key);
            task.run();
        };
        timers.put(key, pool.schedule(timer, delay.toMillis() + 1, TimeUnit.MILLISECONDS));
    }

    /** Called on this thread. */
    void cancel(Object key) {
        var timer = timers.remove(key);
        if (timer != null) {
            timer.cancel(false);
        }
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
