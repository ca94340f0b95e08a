package dev.longshore.operator;

import io.javaoperatorsdk.operator.processing.event.rate.RateLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets a resource be reconciled so often in a second and no more often, whoever changes it and however often. By uptime:
 * JOSDK's own goes by the clock of the wall, which may jump. JOSDK calls it under a lock.
 */
final class Pace implements RateLimiter<Pace.Spent> {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** What one resource has had in its current second. */
    static final class Spent implements RateLimitState {
        private long since;
        private int times;
    }

    private final int mostInASecond;
    private final LongSupplier nanoTime;

    Pace(int mostInASecond, LongSupplier nanoTime) {
        this.mostInASecond = mostInASecond;
        this.nanoTime = nanoTime;
    }

    @Override
    public Optional<Duration> isLimited(RateLimitState state) {
        var spent = (Spent) state;
        var now = nanoTime.getAsLong();
        if (spent.times == 0 || now - spent.since >= SECOND) {
            spent.since = now;
            spent.times = 0;
        }
        if (spent.times < mostInASecond) {
            spent.times++;
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(SECOND - (now - spent.since)));
    }

    @Override
    public Spent initState() {
        return new Spent();
    }
}
