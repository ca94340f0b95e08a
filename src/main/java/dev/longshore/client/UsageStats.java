package dev.longshore.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Resource usage of the jobs of a template that have usage in their status.
 *
 * @param measured how many these are
 * @param peakMemoryBytes the highest of all; null without any
 * @param memoryLimits those that the jobs had, each once, the lowest first
 * @param cpuSeconds of all together; null without any
 * @param meanCores the CPU time by the time that the jobs ran, with three digits; null without any
 * @param cpuLimits as memoryLimits
 * @param networkReceivedBytes of all together; null without any
 * @param networkSentBytes likewise
 * @param hints limits that are close, or far above the usage
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({
    "measured",
    "peakMemoryBytes",
    "memoryLimits",
    "cpuSeconds",
    "meanCores",
    "cpuLimits",
    "networkReceivedBytes",
    "networkSentBytes",
    "hints"
})
public record UsageStats(
        int measured,
        Long peakMemoryBytes,
        List<Quantity> memoryLimits,
        Double cpuSeconds,
        Double meanCores,
        List<Quantity> cpuLimits,
        Long networkReceivedBytes,
        Long networkSentBytes,
        List<String> hints) {

    static UsageStats of(List<JobUse> uses) {
        var measured = uses.stream().filter(use -> use.samples() > 0).toList();
        return new UsageStats(
                measured.size(),
                present(measured, JobUse::memory).stream().max(Long::compare).orElse(null),
                distinct(present(measured, JobUse::memoryLimit)),
                seconds(present(measured, JobUse::cpu)),
                cores(measured),
                distinct(present(measured, JobUse::cpuLimit)),
                sum(present(measured, JobUse::received)),
                sum(present(measured, JobUse::sent)),
                UsageHints.of(uses));
    }

    private static <T> List<T> present(List<JobUse> uses, Function<JobUse, T> what) {
        return uses.stream().map(what).filter(Objects::nonNull).toList();
    }

    /** 0.5 and 500m are one. */
    private static List<Quantity> distinct(Collection<Quantity> limits) {
        var distinct = new TreeSet<Quantity>(Comparator.comparing(JobUse::amount));
        distinct.addAll(limits);
        return List.copyOf(distinct);
    }

    private static Long sum(List<Long> numbers) {
        return numbers.stream().reduce(Long::sum).orElse(null);
    }

    private static Double seconds(List<Duration> times) {
        return times.stream()
                .reduce(Duration::plus)
                .map(sum -> sum.toMillis() / 1000.0)
                .orElse(null);
    }

    private static Double cores(List<JobUse> measured) {
        var known = measured.stream().filter(use -> use.cores() != null).toList();
        var cpu = seconds(present(known, JobUse::cpu));
        var ran = seconds(present(known, JobUse::ran));
        return cpu == null || ran == null ? null : Math.round(1000 * cpu / ran) / 1000.0;
    }
}
