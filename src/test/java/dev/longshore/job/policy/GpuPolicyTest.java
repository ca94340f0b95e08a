package dev.longshore.job.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.Allocatable;
import dev.longshore.api.AllocatableBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.GpusBuilder;
import dev.longshore.api.HostPolicyBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GpuPolicyTest {
    private static Optional<String> ofGpus(Allocatable allocatable, String... ids) {
        return ofGpus(true, allocatable, ids);
    }

    private static Optional<String> ofGpus(boolean allowed, Allocatable allocatable, String... ids) {
        return PolicyCheck.denial(
                ContainerTemplateSpecBuilder.builder()
                        .image("busybox")
                        .gpus(GpusBuilder.builder().deviceIDs(List.of(ids)).build())
                        .build(),
                DockerHostSpecBuilder.builder()
                        .policy(HostPolicyBuilder.builder().allowGpus(allowed).build())
                        .allocatable(allocatable)
                        .build());
    }

    /** Under a CDI name a machine may offer whatever it has. */
    @Test
    void aCdiDeviceIsAllowedByItsHostAlone() {
        var listed = AllocatableBuilder.builder()
                .gpus(List.of("nvidia.com/gpu=0", "0"))
                .build();
        var denied = "CDI device vendor.com/disk=0 is not allowed (allocatable.gpus)";
        for (var without : Arrays.asList(null, AllocatableBuilder.builder().build(), listed)) {
            assertThat(ofGpus(without, "0", "GPU-1")).isEmpty();
            assertThat(ofGpus(without, "0", "vendor.com/disk=0")).contains(denied);
            assertThat(ofGpus(without, "0, vendor.com/disk=0")).contains(denied);
        }
        assertThat(ofGpus(listed, "nvidia.com/gpu=0")).isEmpty();
        assertThat(ofGpus(listed, "nvidia.com/gpu=all"))
                .contains("CDI device nvidia.com/gpu=all is not allowed (allocatable.gpus)");
    }

    @Test
    void gpusAreAllowedByThePolicy() {
        var listed =
                AllocatableBuilder.builder().gpus(List.of("nvidia.com/gpu=0")).build();
        assertThat(ofGpus(false, listed, "nvidia.com/gpu=0")).contains("GPUs are not allowed (policy.allowGpus)");
    }
}
