package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobUsage;
import dev.longshore.api.JobUsageBuilder;
import dev.longshore.api.ResourceList;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * What the last attempt of a job used, beside what it might.
 *
 * @param samples 0: it has no usage, and stands here because it ran out of memory
 * @param memory the highest that was seen, in bytes; null without samples, or where the daemon cannot tell
 * @param cpu null likewise
 * @param received bytes; null without a network of its own
 * @param sent likewise
 * @param memoryLimit null for none
 * @param cpuLimit null for none
 * @param ran from start to end; null where a time is missing
 */
record JobUse(
        int samples,
        Long memory,
        Duration cpu,
        Long received,
        Long sent,
        Quantity memoryLimit,
        Quantity cpuLimit,
        Duration ran,
        boolean ranOutOfMemory) {

    /** Null if there is none. */
    static JobUse of(ContainerJob job, Long millis) {
        var status = job.getStatus();
        if (status == null) {
            return null;
        }
        var ranOutOfMemory = Boolean.TRUE.equals(status.oomKilled());
        if (status.usage() == null && !ranOutOfMemory) {
            return null;
        }
        var usage = status.usage() == null ? JobUsageBuilder.builder().build() : status.usage();
        var limits = limits(status);
        return new JobUse(
                samples(usage),
                bytes(usage.peakMemory()),
                duration(usage.cpuTime()),
                bytes(usage.networkReceived()),
                bytes(usage.networkSent()),
                limit(limits.memory()),
                limit(limits.cpu()),
                millis == null ? null : Duration.ofMillis(millis),
                ranOutOfMemory);
    }

    /** Average cores; null if unknown. */
    Double cores() {
        return cpu == null || ran == null || ran.isZero() ? null : (double) cpu.toNanos() / ran.toNanos();
    }

    /** The part of its memory limit that it came to; null without a limit. */
    Double partOfMemory() {
        if (memoryLimit == null || (memory == null && !ranOutOfMemory)) {
            return null;
        }
        return ranOutOfMemory ? 1.0 : memory / amount(memoryLimit).doubleValue();
    }

    /** The part of its CPU limit that it used on average; null without a limit. */
    Double partOfCpu() {
        return cpuLimit == null || cores() == null
                ? null
                : cores() / amount(cpuLimit).doubleValue();
    }

    static BigDecimal amount(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity);
    }

    private static int samples(JobUsage usage) {
        return usage.samples() == null ? 0 : usage.samples();
    }

    private static ResourceList limits(ContainerJobStatus status) {
        var effective = status.effective();
        var resources = effective == null ? null : effective.resources();
        return resources == null || resources.limits() == null ? new ResourceList(null, null) : resources.limits();
    }

    /** Docker takes 0 for no limit. */
    private static Quantity limit(Quantity quantity) {
        return quantity == null || amount(quantity).signum() <= 0 ? null : quantity;
    }

    private static Long bytes(Quantity quantity) {
        return quantity == null ? null : amount(quantity).longValue();
    }

    private static Duration duration(String text) {
        try {
            return text == null ? null : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
