package dev.longshore.docker.deadline;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Deadlines of daemon calls. Shared by all hosts: it only hands over what has run out of time, and does no work itself. */
public final class Watchdog {
    private static final ScheduledThreadPoolExecutor TIMER =
            new ScheduledThreadPoolExecutor(1, task -> WaitingThreads.platformThread(task, "docker-watchdog"));

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

    /** A thread for what waits for a daemon, not started yet; there may be thousands. */
    public static Thread daemonThread(Runnable task, String name) {
        return WaitingThreads.thread(task, name);
    }
}
