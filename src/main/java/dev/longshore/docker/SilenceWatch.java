package dev.longshore.docker;

import java.time.Duration;

/** Closes a log that has said nothing for too long while someone waited for it: a connection may be cut silently. */
final class SilenceWatch implements AutoCloseable {
    private final LogStream stream;
    private final Duration longest;
    private HostWorkers.Watch watch;
    private long waitingSince;
    private boolean waiting;
    private boolean closed;
    private boolean tooLong;

    SilenceWatch(LogStream stream, Duration longest) {
        this.stream = stream;
        this.longest = longest;
        watch = HostWorkers.watch(longest, this::look);
    }

    LogEntry next() {
        setWaiting(true);
        try {
            return stream.next();
        } finally {
            // What is done with the entry may take any time.
            setWaiting(false);
        }
    }

    private synchronized void setWaiting(boolean now) {
        waiting = now;
        waitingSince = System.nanoTime();
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        var left = longest.toNanos() - (waiting ? System.nanoTime() - waitingSince : 0);
        if (left > 0) {
            watch = HostWorkers.watch(Duration.ofNanos(left), this::look);
        } else {
            tooLong = true;
            stream.close();
        }
    }

    /** Whether the stream was closed for that reason. */
    synchronized boolean wasTooLong() {
        return tooLong;
    }

    @Override
    public synchronized void close() {
        closed = true;
        watch.close();
    }
}
