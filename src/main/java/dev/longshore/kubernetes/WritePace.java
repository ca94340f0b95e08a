package dev.longshore.kubernetes;

import static java.util.Objects.requireNonNull;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often a status is written of which nothing but counts has changed, by uptime: what changes meanwhile is in the next
 * write. Any thread.
 */
public final class WritePace {
    private final Duration between;
    private final LongSupplier nanoTime;
    /** The oldest first; none that is older than that time, so that resources that are gone are forgotten. */
    private final Map<ResourceID, Long> written = new LinkedHashMap<>();

    /** @param between two writes of one resource */
    public WritePace(Duration between, LongSupplier nanoTime) {
        this.between = requireNonNull(between, "between is null");
        this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    }

    /** Until the counts of a resource may be written. */
    public synchronized Duration left(ResourceID resource) {
        var last = written.get(resource);
        var left = last == null ? 0 : between.toNanos() - (nanoTime.getAsLong() - last);
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    /** The status of a resource is written now. */
    public synchronized void writing(ResourceID resource) {
        var now = nanoTime.getAsLong();
        written.remove(resource);
        written.put(resource, now);
        var oldest = written.values().iterator();
        while (oldest.hasNext() && now - oldest.next() >= between.toNanos()) {
            oldest.remove();
        }
    }
}
