package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what jobs refer to. Hosts and templates come from a cache; the others may ask the API server. */
public interface ClusterView {
    /** A job as the API server has it now, all of it; nothing where it is gone. */
    Optional<ContainerJob> job(JobKey key);

    Optional<DockerHost> host(String namespace, String name);

    List<DockerHost> hosts(String namespace);

    Optional<ContainerTemplate> template(String namespace, String name);

    Optional<Secret> secret(String namespace, String name);

    Optional<ConfigMap> configMap(String namespace, String name);

    /** Labels of a namespace; nothing where it is not there or may not be read. */
    Optional<Map<String, String>> namespaceLabels(String namespace);
}
