package dev.longshore.operator;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * For how long an Event is held: statuses go first, since users wait for them and nobody waits for an Event.
 *
 * @param busy whether a status may be about to be written
 * @param nanoTime uptime
 */
record EventHold(BooleanSupplier busy, LongSupplier nanoTime) {
    /** Documented are five seconds. */
    static final Duration LONGEST = Duration.ofSeconds(4);

    /** How often it checks whether it is quiet. */
    static final Duration RECHECK = Duration.ofMillis(100);

    /** When to check again; zero: it is to be stored now. */
    Duration left(long since) {
        var left = LONGEST.minusNanos(nanoTime.getAsLong() - since);
        if (left.isNegative() || left.isZero() || !busy.getAsBoolean()) {
            return Duration.ZERO;
        }
        return left.compareTo(RECHECK) < 0 ? left : RECHECK;
    }
}
