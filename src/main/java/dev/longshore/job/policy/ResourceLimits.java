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
 * What a container may use on a host: what it asks for, else the host's ceiling.
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

    /** @param machine what the daemon says of its machine, which bounds the ceiling that a job gets without asking */
    public static ResourceLimits of(ContainerTemplateSpec template, HostPolicy policy, Optional<EngineInfo> machine) {
        var asked = asked(template.resources());
        var most = policy.maxResources();
        var cpus = machine.map(EngineInfo::cpus).filter(some -> some > 0).map(BigDecimal::valueOf);
        var bytes = machine.map(EngineInfo::memory).filter(some -> some > 0).map(BigDecimal::valueOf);
        return new ResourceLimits(
                whole(raised(cpu(asked), LEAST_CPU).or(() -> ceiling(cpu(most), LEAST_CPU, cpus)), NANO),
                whole(
                        raised(memory(asked), LEAST_MEMORY).or(() -> ceiling(memory(most), LEAST_MEMORY, bytes)),
                        BigDecimal.ONE));
    }

    private static Optional<BigDecimal> ceiling(Quantity most, BigDecimal least, Optional<BigDecimal> machine) {
        return raised(most, least)
                .map(some -> machine.filter(all -> all.compareTo(some) < 0).orElse(some));
    }

    /** What is asked for; null: nothing. */
    public static ResourceList asked(Resources resources) {
        return resources == null ? null : resources.limits();
    }

    /** Why the policy does not admit what is asked for. */
    static Stream<String> excess(ContainerTemplateSpec template, HostPolicy policy) {
        var asked = asked(template.resources());
        var most = policy.maxResources();
        return Stream.concat(
                excess("cpu", cpu(asked), cpu(most), LEAST_CPU),
                excess("memory", memory(asked), memory(most), LEAST_MEMORY));
    }

    private static Stream<String> excess(String what, Quantity asked, Quantity most, BigDecimal least) {
        var limit = raised(asked, least);
        var ceiling = raised(most, least);
        return limit.isPresent() && ceiling.isPresent() && limit.get().compareTo(ceiling.get()) > 0
                ? Stream.of(what + " limit " + asked + " exceeds the maximum of " + most + " (policy.maxResources)")
                : Stream.empty();
    }

    /** A whole number of bytes, or null for null. */
    public static Long bytes(Quantity quantity) {
        return whole(asked(quantity), BigDecimal.ONE);
    }

    /** Docker takes a limit of 0 for none at all: so do we. */
    private static Optional<BigDecimal> asked(Quantity quantity) {
        return Optional.ofNullable(quantity).map(Quantity::getNumericalAmount).filter(some -> some.signum() > 0);
    }

    /** The same, and no less than Docker can hold a container to. */
    private static Optional<BigDecimal> raised(Quantity quantity, BigDecimal least) {
        return asked(quantity).map(least::max);
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
