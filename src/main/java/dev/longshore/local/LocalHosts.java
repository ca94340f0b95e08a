package dev.longshore.local;

import dev.longshore.api.AllowedHostPath;
import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostPolicy;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.NamespacesFrom;
import dev.longshore.manifest.Manifests;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The hosts of a run: those of the manifests, and this machine's daemon for jobs that name none. */
final class LocalHosts {
    static final String NAMESPACE = "longshore-local";
    static final String NAME = "this-machine";
    private static final String USUAL = "unix:///var/run/docker.sock";

    private LocalHosts() {}

    /** As it was written, but open to all namespaces and with no more slots than {@code most}. */
    static DockerHost open(DockerHost host, Integer most) {
        var spec = host.getSpec();
        var slots = most == null ? spec.maxConcurrentJobs() : Math.min(most, spec.maxConcurrentJobs());
        host.setSpec(DockerHostSpecBuilder.builder(spec)
                .maxConcurrentJobs(slots)
                .allowedNamespaces(new AllowedNamespaces(NamespacesFrom.ALL, null))
                .build());
        return host;
    }

    static boolean namesNone(ContainerJob job) {
        return job.getSpec().hostRef() == null && job.getSpec().hostSelector() == null;
    }

    /** The daemon that the docker command would use, with all that these manifests ask of it. */
    static DockerHost thisMachine(Manifests manifests) {
        var endpoint = System.getenv("DOCKER_HOST");
        var host = new DockerHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName(NAME)
                .withGeneration(1L)
                .build());
        host.setSpec(DockerHostSpecBuilder.builder()
                .endpoint(endpoint == null || endpoint.isBlank() ? USUAL : endpoint)
                .policy(everythingAskedFor(manifests))
                .build());
        return host;
    }

    private static HostPolicy everythingAskedFor(Manifests manifests) {
        return HostPolicyBuilder.builder()
                .allowGpus(true)
                .allowHostNetwork(true)
                .allowPrivileged(true)
                .allowedCapabilities(List.of("ALL"))
                .allowedVolumes(List.of("**"))
                .allowedDevices(templates(manifests)
                        .flatMap(template -> template.devices().stream())
                        .distinct()
                        .toList())
                .allowedHostPaths(templates(manifests)
                        .flatMap(template -> template.volumes().stream())
                        .filter(volume -> volume.hostPath() != null)
                        .map(volume -> new AllowedHostPath(volume.hostPath(), false))
                        .distinct()
                        .toList())
                .build();
    }

    private static Stream<ContainerTemplateSpec> templates(Manifests manifests) {
        return manifests.jobs().stream()
                .filter(LocalHosts::namesNone)
                .map(job -> job.getSpec().template() != null
                        ? job.getSpec().template()
                        : manifests
                                .template(
                                        job.getMetadata().getNamespace(),
                                        job.getSpec().templateRef().name())
                                .map(template -> template.getSpec())
                                .orElse(null))
                .filter(Objects::nonNull);
    }
}
