package dev.longshore.job;

import java.time.Duration;
import java.time.Instant;

/**
 * Now, by two clocks.
 *
 * @param time what is stored and compared with what was stored
 * @param uptime since some fixed moment of this process; never jumps, for what is measured within it
 */
public record Moment(Instant time, Duration uptime) {
    public static Moment now() {
        return new Moment(Instant.now(), Duration.ofNanos(System.nanoTime()));
    }

    /** Whether nothing is left of a time. */
    public static boolean isOver(Duration left) {
        return left.isNegative() || left.isZero();
    }
}
