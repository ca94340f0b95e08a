package dev.longshore.docker.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double from {@code first} to {@code longest}, each 20 % more or less so that many do not come at once. */
public final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** How long to wait after one more failure. */
    public Duration next() {
        var doublings = Math.min(failures++, 20);
        var millis = Math.min(first.toMillis() << doublings, longest.toMillis());
        return Duration.ofMillis(Math.round(millis * random.nextDouble(0.8, 1.2)));
    }

    public void reset() {
        failures = 0;
    }
}
