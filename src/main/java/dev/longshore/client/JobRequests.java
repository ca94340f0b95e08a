package dev.longshore.client;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.HostPolicy;
import dev.longshore.api.ResourceList;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a container requests of its host, and what it may use there.
 *
 * @param cpu that counts: the limit where there is no request; null: none
 * @param memory likewise
 * @param cpuLimit null: none
 * @param memoryLimit null: none
 */
public record JobRequests(Quantity cpu, Quantity cpuLimit, Quantity memory, Quantity memoryLimit) {
    /**
     * As of its effective template.
     *
     * @param effective null where there is none yet
     * @param policy of the host, which limits containers that have no limit of their own; null where it is not known
     */
    public static JobRequests of(ContainerTemplateSpec effective, HostPolicy policy) {
        var resources = Optional.ofNullable(effective).map(ContainerTemplateSpec::resources);
        var requests = resources.map(each -> each.requests());
        var limits = resources.map(each -> each.limits());
        var most = Optional.ofNullable(policy).map(HostPolicy::maxResources);
        var cpuLimit = limit(limits, most, ResourceList::cpu);
        var memoryLimit = limit(limits, most, ResourceList::memory);
        return new JobRequests(
                requests.map(ResourceList::cpu).orElse(cpuLimit),
                cpuLimit,
                requests.map(ResourceList::memory).orElse(memoryLimit),
                memoryLimit);
    }

    /** Docker takes 0 for no limit. */
    private static Quantity limit(
            Optional<ResourceList> limits, Optional<ResourceList> most, Function<ResourceList, Quantity> part) {
        return limits.map(part)
                .filter(limit -> limit.getNumericalAmount().signum() > 0)
                .or(() -> most.map(part))
                .orElse(null);
    }
}
