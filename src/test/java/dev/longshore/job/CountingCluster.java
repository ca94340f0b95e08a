package dev.longshore.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what it is asked. */
public class CountingCluster implements ClusterView {
    public final Map<String, Secret> secrets = new HashMap<>();
    public final Map<String, ConfigMap> configMaps = new HashMap<>();
    public final List<DockerHost> hosts = new ArrayList<>();
    public final Map<String, Map<String, String>> namespaces = new HashMap<>();
    public final List<String> reads = new ArrayList<>();

    public void secret(String name, Map<String, String> values) {
        var data = new HashMap<String, String>();
        values.forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        secrets.put(name, new SecretBuilder().withData(data).build());
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        reads.add("Secret " + namespace + "/" + name);
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        reads.add("ConfigMap " + namespace + "/" + name);
        return Optional.ofNullable(configMaps.get(name));
    }

    @Override
    public Optional<ContainerJob> job(JobKey key) {
        return Optional.empty();
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
        return Optional.empty();
    }

    @Override
    public Optional<Map<String, String>> namespaceLabels(String namespace) {
        reads.add("Namespace " + namespace);
        return Optional.ofNullable(namespaces.get(namespace));
    }
}
