package dev.longshore.docker.deadline;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Deadlines of daemon calls. Shared by all hosts: it only hands over what has run out of time, and does no work itself. */
public final class Watchdog {
    private static final ScheduledThreadPoolExecutor TIMER =
            new ScheduledThreadPoolExecutor(1, task -> daemonThread(task, "docker-watchdog"));
    /** Shorter than most deadlines. */
    private static final long TICK_SECONDS = 1;

    static {
        // Nearly all deadlines are kept, and what they would have closed is not to stay in memory until they come.
        TIMER.setRemoveOnCancelPolicy(true);
        // A deadline that is the next of all wakes the timer's thread, which costs as much as a short call. With this
        // one before
        // it, which comes anyway, hardly any is.
        TIMER.scheduleAtFixedRate(() -> {}, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
    }

    private Watchdog() {}

    /** A deadline; closed in time, it has no effect. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Runs {@code task} on a thread of its own if the returned one is not closed within {@code time}. */
    public static Watch watch(Duration time, Runnable task) {
        var watch = TIMER.schedule(() -> handOver(task), time.toMillis(), TimeUnit.MILLISECONDS);
        return () -> watch.cancel(false);
    }

    private static void handOver(Runnable task) {
        try {
            daemonThread(task, "docker-late").start();
        } catch (OutOfMemoryError e) {
            // The system has no more threads for now: what is forgotten would be late for ever.
            var unused = TIMER.schedule(() -> handOver(task), TICK_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Does not keep the process from ending. */
    public static Thread daemonThread(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
