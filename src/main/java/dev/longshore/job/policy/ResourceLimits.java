package dev.longshore.job.policy;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.HostPolicy;
import dev.longshore.api.ResourceList;
import dev.longshore.api.Resources;
import dev.longshore.docker.EngineInfo;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a container may use on a host: its own limits, else the host's maximum.
 *
 * @param nanoCpus billionths of a core, or null for no limit
 * @param memory in bytes, or null for no limit
 */
public record ResourceLimits(Long nanoCpus, Long memory) {
    private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000);
    /** A hundredth of a core: Docker takes what is below for no limit at all. */
    private static final BigDecimal LEAST_CPU = new BigDecimal("0.01");
    /** 6 MiB: Docker refuses what is below. */
    private static final BigDecimal LEAST_MEMORY = BigDecimal.valueOf(6L << 20);

    /** @param machine what the daemon reports of its machine, which bounds the maximum for a job without limits */
    public static ResourceLimits of(ContainerTemplateSpec template, HostPolicy policy, Optional<EngineInfo> machine) {
        var requested = requested(template.resources());
        var most = policy.maxResources();
        var cpus = machine.map(EngineInfo::cpus).filter(some -> some > 0).map(BigDecimal::valueOf);
        var bytes = machine.map(EngineInfo::memory).filter(some -> some > 0).map(BigDecimal::valueOf);
        return new ResourceLimits(
                whole(raised(cpu(requested), LEAST_CPU).or(() -> ceiling(cpu(most), LEAST_CPU, cpus)), NANO),
                whole(
                        raised(memory(requested), LEAST_MEMORY).or(() -> ceiling(memory(most), LEAST_MEMORY, bytes)),
                        BigDecimal.ONE));
    }

    private static Optional<BigDecimal> ceiling(Quantity most, BigDecimal least, Optional<BigDecimal> machine) {
        return raised(most, least)
                .map(some -> machine.filter(all -> all.compareTo(some) < 0).orElse(some));
    }

    /** The limits of a template; null: none. */
    public static ResourceList requested(Resources resources) {
        return resources == null ? null : resources.limits();
    }

    /** Why the policy denies the requested limits. */
    static Stream<String> excess(ContainerTemplateSpec template, HostPolicy policy) {
        var requested = requested(template.resources());
        var most = policy.maxResources();
        return Stream.concat(
                excess("cpu", cpu(requested), cpu(most), LEAST_CPU),
                excess("memory", memory(requested), memory(most), LEAST_MEMORY));
    }

    private static Stream<String> excess(String what, Quantity requested, Quantity most, BigDecimal least) {
        var limit = raised(requested, least);
        var ceiling = raised(most, least);
        return limit.isPresent() && ceiling.isPresent() && limit.get().compareTo(ceiling.get()) > 0
                ? Stream.of(what + " limit " + requested + " exceeds the maximum of " + most + " (policy.maxResources)")
                : Stream.empty();
    }

    /** A whole number of bytes, or null for null. */
    public static Long bytes(Quantity quantity) {
        return whole(requested(quantity), BigDecimal.ONE);
    }

    /** Billionths of a core, 0 for none; null for null. */
    public static Long nanoCpus(Quantity quantity) {
        return whole(Optional.ofNullable(quantity).map(Quantity::getNumericalAmount), NANO);
    }

    /** Bytes, 0 for none; null for null. */
    public static Long bytesOrZero(Quantity quantity) {
        return whole(Optional.ofNullable(quantity).map(Quantity::getNumericalAmount), BigDecimal.ONE);
    }

    /** Docker takes a limit of 0 for none at all: so do we. */
    private static Optional<BigDecimal> requested(Quantity quantity) {
        return Optional.ofNullable(quantity).map(Quantity::getNumericalAmount).filter(some -> some.signum() > 0);
    }

    /** The same, and no less than Docker can hold a container to. */
    private static Optional<BigDecimal> raised(Quantity quantity, BigDecimal least) {
        return requested(quantity).map(least::max);
    }

    private static Long whole(Optional<BigDecimal> amount, BigDecimal factor) {
        return amount.map(some -> some.multiply(factor)
                        .setScale(0, RoundingMode.UP)
                        .min(BigDecimal.valueOf(Long.MAX_VALUE))
                        .longValueExact())
                .orElse(null);
    }

    private static Quantity cpu(ResourceList list) {
        return list == null ? null : list.cpu();
    }

    private static Quantity memory(ResourceList list) {
        return list == null ? null : list.memory();
    }
}
