package dev.longshore.docker.connection;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many calls of a host run at once. A daemon that is near is kept busy by a few; more would only wait for each other in it. Of
 * one that is far away as many more are under way as its slots need, since each takes a round trip. From any thread.
 */
final class CallsAtOnce {
    static final int LEAST = 8;
    /** Half of what all hosts have. */
    static final int MOST = CallThreads.AT_ONCE / 2;
    /** A short job has six calls, one after the other; some of them are of its successor already. */
    private static final double PER_SLOT = 1.5;
    /** What a daemon takes for a call itself, about: what is nearer than that is near. */
    private static final long DAEMON_NANOS = Duration.ofMillis(20).toNanos();

    private static final long UNKNOWN = 0;

    private final AtomicLong roundTrip = new AtomicLong(UNKNOWN);
    private volatile int slots;

    void slots(int now) {
        slots = now;
    }

    /** Another connection is made, perhaps by another way. */
    void reconnected() {
        roundTrip.set(UNKNOWN);
    }

    /** A call was answered after so long: no answer comes quicker than the way takes. */
    void answered(Duration took) {
        var nanos = Math.max(1, took.toNanos());
        roundTrip.accumulateAndGet(nanos, (shortest, now) -> shortest == UNKNOWN ? now : Math.min(shortest, now));
    }

    int get() {
        var way = roundTrip.get();
        var more = PER_SLOT * slots * way / (way + DAEMON_NANOS);
        return (int) Math.min(MOST, LEAST + Math.round(more));
    }
}
