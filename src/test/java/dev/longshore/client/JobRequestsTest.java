package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.HostPolicy;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.ResourceList;
import dev.longshore.api.Resources;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;

class JobRequestsTest {
    private static final HostPolicy POLICY =
            HostPolicyBuilder.builder().maxResources(list("4", "8Gi")).build();

    private static ContainerTemplateSpec template(ResourceList limits, ResourceList requests) {
        return ContainerTemplateSpecBuilder.builder()
                .image("i")
                .resources(new Resources(limits, requests))
                .build();
    }

    private static ResourceList list(String cpu, String memory) {
        return new ResourceList(quantity(cpu), quantity(memory));
    }

    private static Quantity quantity(String amount) {
        return amount == null ? null : new Quantity(amount);
    }

    private static JobRequests requests(String cpu, String cpuLimit, String memory, String memoryLimit) {
        return new JobRequests(quantity(cpu), quantity(cpuLimit), quantity(memory), quantity(memoryLimit));
    }

    @Test
    void aJobWithoutARequestRequestsItsLimit() {
        assertThat(JobRequests.of(template(list("2", "1Gi"), list("1", null)), null))
                .isEqualTo(requests("1", "2", "1Gi", "1Gi"));
    }

    @Test
    void aJobWithoutALimitHasThatOfTheHost() {
        assertThat(JobRequests.of(template(list(null, "0"), list(null, "1Gi")), POLICY))
                .isEqualTo(requests("4", "4", "1Gi", "8Gi"));
    }

    @Test
    void aJobWithNeitherRequestsNothing() {
        assertThat(JobRequests.of(template(null, null), null)).isEqualTo(requests(null, null, null, null));
        assertThat(JobRequests.of(null, null)).isEqualTo(requests(null, null, null, null));
    }
}
