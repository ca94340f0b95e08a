package dev.longshore.local;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import dev.longshore.job.ClusterView;
import dev.longshore.job.JobKey;
import dev.longshore.manifest.Manifests;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Manifests and the jobs of a run in the place of a cluster. */
final class LocalCluster implements ClusterView {
    private final Manifests manifests;
    private final List<DockerHost> hosts;
    private final Function<JobKey, Optional<ContainerJob>> jobs;

    LocalCluster(Manifests manifests, List<DockerHost> hosts, Function<JobKey, Optional<ContainerJob>> jobs) {
        this.manifests = manifests;
        this.hosts = List.copyOf(hosts);
        this.jobs = jobs;
    }

    @Override
    public Optional<ContainerJob> job(JobKey key) {
        return jobs.apply(key);
    }

    @Override
    public Optional<DockerHost> host(String namespace, String name) {
        return hosts(namespace).stream()
                .filter(host -> host.getMetadata().getName().equals(name))
                .findFirst();
    }

    @Override
    public List<DockerHost> hosts(String namespace) {
        return hosts.stream()
                .filter(host -> host.getMetadata().getNamespace().equals(namespace))
                .toList();
    }

    @Override
    public Optional<ContainerTemplate> template(String namespace, String name) {
        return manifests.template(namespace, name);
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return manifests.secret(namespace, name);
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return manifests.configMap(namespace, name);
    }

    /** Namespace rules do not apply. */
    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return Optional.of(Map.of());
    }
}
