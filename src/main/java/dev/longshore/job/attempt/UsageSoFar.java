package dev.longshore.job.attempt;

import dev.longshore.api.JobUsage;
import dev.longshore.api.StatusFormat;
import dev.longshore.docker.ResourceSample;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;

/** What the samples of one container have shown until now; null for what none of them has. */
public record UsageSoFar(String container, Long peakMemory, Duration cpu, Long received, Long sent, int samples) {
    /** @param before null: nothing yet; of another container: forgotten */
    public static UsageSoFar add(UsageSoFar before, String container, ResourceSample sample) {
        if (before == null || !before.container().equals(container)) {
            return new UsageSoFar(container, sample.memory(), sample.cpu(), sample.received(), sample.sent(), 1);
        }
        // All but memory only grows: samples may be answered out of order.
        return new UsageSoFar(
                container,
                max(before.peakMemory(), sample.memory()),
                max(before.cpu(), sample.cpu()),
                max(before.received(), sample.received()),
                max(before.sent(), sample.sent()),
                before.samples() + 1);
    }

    private static <T extends Comparable<T>> T max(T one, T other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) > 0 ? one : other;
    }

    public JobUsage inStatus() {
        return new JobUsage(
                bytes(peakMemory),
                cpu == null ? null : StatusFormat.duration(cpu),
                bytes(received),
                bytes(sent),
                samples);
    }

    private static Quantity bytes(Long number) {
        return number == null ? null : new Quantity(Long.toString(number));
    }
}
