package dev.longshore.simulation;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostReference;
import dev.longshore.api.HostSelector;
import dev.longshore.api.ResultFile;
import dev.longshore.api.RetryPolicy;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Hosts that all have one label, and jobs for one of them or for any with that label. */
final class Resources {
    private static final Map<String, String> LABELS = Map.of("kind", "builder");

    static final List<ResultFile> RESULTS = List.of(new ResultFile("rows", "/out/rows"));

    private Resources() {}

    static DockerHost host(String namespace, String name, int slots) {
        var host = new DockerHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(LABELS)
                .build());
        host.setSpec(DockerHostSpecBuilder.builder()
                .endpoint("tcp://" + name + ":2376")
                .maxConcurrentJobs(slots)
                .build());
        return host;
    }

    /** @param host null: whichever has the label */
    static ContainerJob job(
            String namespace, String name, Instant created, String host, UnaryOperator<ContainerJobSpecBuilder> spec) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid("uid-" + name)
                .withGeneration(1L)
                .withCreationTimestamp(created.toString())
                .build());
        job.setSpec(spec.apply(ContainerJobSpecBuilder.builder()
                        .hostRef(host == null ? null : new HostReference(host.split("/")[1], host.split("/")[0]))
                        .hostSelector(host == null ? new HostSelector(LABELS, null, List.of(World.NAMESPACE)) : null))
                .build());
        return job;
    }

    /** A template that runs this program. */
    static ContainerTemplateSpec program(String program, int retries) {
        return ContainerTemplateSpecBuilder.builder()
                .image("busybox:stable")
                .command(List.of(program))
                .retry(new RetryPolicy(retries, 5, 60, null))
                .build();
    }
}
