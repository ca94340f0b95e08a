package dev.longshore.operator;

import io.javaoperatorsdk.operator.Operator;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Whether all watches are there, or have been within the last half minute: one that broke is begun again. */
final class WatchHealth {
    private static final long TOO_LONG = Duration.ofSeconds(30).toNanos();

    private final BooleanSupplier healthy;
    private final LongSupplier nanoTime;
    private long lastChecked;
    private long lastHealthy;

    WatchHealth(Operator operator, LongSupplier nanoTime) {
        this(
                () -> operator.getRuntimeInfo().unhealthyInformerWrappingEventSourceHealthIndicator().values().stream()
                        .allMatch(Map::isEmpty),
                nanoTime);
    }

    WatchHealth(BooleanSupplier healthy, LongSupplier nanoTime) {
        this.healthy = healthy;
        this.nanoTime = nanoTime;
        this.lastChecked = nanoTime.getAsLong();
        this.lastHealthy = lastChecked;
    }

    synchronized boolean isGood() {
        var now = nanoTime.getAsLong();
        // Nobody looked for long: it may have broken just now.
        var unknown = now - lastChecked > TOO_LONG;
        if (unknown || healthy.getAsBoolean()) {
            lastHealthy = now;
        }
        lastChecked = now;
        return now - lastHealthy < TOO_LONG;
    }
}
