package dev.longshore.docker.deadline;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Deadlines of daemon calls. Shared by all hosts: it only hands over what has run out of time, and does no work itself. */
public final class Watchdog {
    private static final ScheduledThreadPoolExecutor TIMER =
            new ScheduledThreadPoolExecutor(1, task -> daemonThread(task, "docker-watchdog"));

    static {
        // Nearly all deadlines are kept, and what they would have closed is not to stay in memory until they come.
        TIMER.setRemoveOnCancelPolicy(true);
    }

    private Watchdog() {}

    /** A deadline; closed in time, it has no effect. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Runs {@code task} on a thread of its own if the returned one is not closed within {@code time}. */
    public static Watch watch(Duration time, Runnable task) {
        var watch =
                TIMER.schedule(() -> daemonThread(task, "docker-late").start(), time.toMillis(), TimeUnit.MILLISECONDS);
        return () -> watch.cancel(false);
    }

    /** Does not keep the process from ending. */
    public static Thread daemonThread(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
