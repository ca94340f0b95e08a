package dev.longshore.job;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.HostPolicy;
import dev.longshore.api.ResourceList;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a container may use on a host: what it asks for, else the host's ceiling.
 *
 * @param nanoCpus billionths of a core, or null for no limit
 * @param memory in bytes, or null for no limit
 */
record ResourceLimits(Long nanoCpus, Long memory) {
    private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000);

    static ResourceLimits of(ContainerTemplateSpec template, HostPolicy policy) {
        var asked = EffectiveTemplate.limits(template.resources());
        var most = policy.maxResources();
        return new ResourceLimits(
                scaled(asked(cpu(asked)).orElse(cpu(most)), NANO),
                scaled(asked(memory(asked)).orElse(memory(most)), BigDecimal.ONE));
    }

    /** Why the policy does not admit what is asked for. */
    static Optional<String> excess(ContainerTemplateSpec template, HostPolicy policy) {
        var asked = EffectiveTemplate.limits(template.resources());
        var most = policy.maxResources();
        if (exceeds(cpu(asked), cpu(most))) {
            return Optional.of("cpu limit " + cpu(asked) + " is above the host's maximum of " + cpu(most));
        }
        if (exceeds(memory(asked), memory(most))) {
            return Optional.of("memory limit " + memory(asked) + " is above the host's maximum of " + memory(most));
        }
        return Optional.empty();
    }

    /** A whole number of bytes, or null for null. */
    static Long bytes(Quantity quantity) {
        return scaled(quantity, BigDecimal.ONE);
    }

    private static boolean exceeds(Quantity asked, Quantity most) {
        return asked != null && most != null && asked.getNumericalAmount().compareTo(most.getNumericalAmount()) > 0;
    }

    /** Docker takes a limit of 0 for none at all: so do we. */
    private static Optional<Quantity> asked(Quantity quantity) {
        return Optional.ofNullable(quantity)
                .filter(some -> some.getNumericalAmount().signum() > 0);
    }

    private static Long scaled(Quantity quantity, BigDecimal factor) {
        return asked(quantity)
                .map(some -> some.getNumericalAmount()
                        .multiply(factor)
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
