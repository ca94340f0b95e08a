package dev.longshore.simulation;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import dev.longshore.job.ClusterView;
import dev.longshore.job.JobKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The hosts, and the templates of jobs that have none in themselves. */
record SimulatedCluster(
        Map<String, DockerHost> byKey, Map<String, ContainerTemplate> templates, Map<String, Secret> secrets)
        implements ClusterView {
    @Override
    public Optional<ContainerJob> job(JobKey key) {
        return Optional.empty();
    }

    @Override
    public Optional<DockerHost> host(String namespace, String name) {
        return Optional.ofNullable(byKey.get(namespace + "/" + name));
    }

    @Override
    public List<DockerHost> hosts(String namespace) {
        return List.copyOf(byKey.values());
    }

    @Override
    public Optional<ContainerTemplate> template(String namespace, String name) {
        return Optional.ofNullable(templates.get(name));
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        return Optional.of(Map.of("kubernetes.io/metadata.name", namespace));
    }
}
