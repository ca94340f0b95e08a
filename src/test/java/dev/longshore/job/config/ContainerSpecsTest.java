package dev.longshore.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.Gpus;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.job.BlockedOr;
import dev.longshore.job.CountingCluster;
import dev.longshore.job.attempt.ContainerInputs;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GPUs of a container: those that its job got for itself, or what its template says. */
class ContainerSpecsTest {
    private static ContainerSpec container(Gpus requested, List<String> assigned, String room) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("job")
                .withUid("uid")
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder().build());
        var host = new DockerHost();
        host.setMetadata(
                new ObjectMetaBuilder().withNamespace("team").withName("h").build());
        host.setSpec(DockerHostSpecBuilder.builder().build());
        var template = ContainerTemplateSpecBuilder.builder()
                .image("busybox")
                .gpus(requested)
                .build();
        var inputs = ((BlockedOr.Value<ContainerInputs>) InputResolver.resolve(template, "team", new CountingCluster()))
                .value();
        return ContainerSpecs.of(
                job, 1, template, host, new ContainerSpecs.Inputs("i", Optional.empty(), inputs, assigned, room));
    }

    static List<Gpus> requests() {
        return List.of(new Gpus(true, null, null), new Gpus(null, 2, null), new Gpus(null, null, List.of("1", "0")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatWasAssignedIsPutOnTheContainerAndInItsLabels(Gpus requested) {
        var container = container(requested, List.of("nvidia.com/gpu=0", "1"), "cpu=500000000");
        assertThat(container.gpuCount()).isNull();
        assertThat(container.gpuIds()).containsExactly("nvidia.com/gpu=0", "1");
        assertThat(container.labels())
                .containsEntry("longshore.dev/gpus", "nvidia.com/gpu=0,1")
                .containsEntry("longshore.dev/room", "cpu=500000000,gpus=2");
    }

    @Test
    void withoutAnAssignmentTheTemplateDecides() {
        assertThat(requests())
                .extracting(requested -> container(requested, List.of(), null))
                .allSatisfy(container -> assertThat(container.labels()).doesNotContainKey("longshore.dev/gpus"))
                .extracting(ContainerSpec::gpuCount, ContainerSpec::gpuIds)
                .containsExactly(tuple(-1, List.of()), tuple(2, List.of()), tuple(null, List.of("1", "0")));
        assertThat(container(null, List.of(), null).requestsGpus()).isFalse();
    }
}
