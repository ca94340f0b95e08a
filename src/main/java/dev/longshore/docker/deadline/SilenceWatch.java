package dev.longshore.docker.deadline;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Ends a stream that is silent for too long while someone waits for it: a connection may be cut silently. Notified by the
 * one who waits; checks on a thread of the watchdog's.
 */
public final class SilenceWatch implements AutoCloseable {
    private final Runnable end;
    private Duration longest;
    private Watchdog.Watch watch;
    private long waitingSince;
    private boolean waiting;
    private boolean closed;
    private boolean tooLong;

    public SilenceWatch(Duration longest, Runnable end) {
        this.longest = requireNonNull(longest, "longest is null");
        this.end = requireNonNull(end, "end is null");
        watch = Watchdog.watch(longest, this::check);
    }

    /** The time counts from now on. */
    public synchronized void await() {
        waiting = true;
        waitingSince = System.nanoTime();
    }

    /** As {@link #await()}, with another patience. */
    public synchronized void await(Duration patience) {
        if (!patience.equals(longest) && !closed) {
            longest = patience;
            watch.close();
            watch = Watchdog.watch(patience, this::check);
        }
        await();
    }

    /** What is done with what was received may take any time. */
    public synchronized void pause() {
        waiting = false;
    }

    private synchronized void check() {
        if (closed || tooLong) {
            return;
        }
        var left = longest.toNanos() - (waiting ? System.nanoTime() - waitingSince : 0);
        if (left > 0) {
            watch.close();
            watch = Watchdog.watch(Duration.ofNanos(left).plusMillis(1), this::check);
        } else {
            tooLong = true;
            end.run();
        }
    }

    /** Whether it was ended for that reason. */
    public synchronized boolean wasTooLong() {
        return tooLong;
    }

    @Override
    public synchronized void close() {
        closed = true;
        watch.close();
    }
}
