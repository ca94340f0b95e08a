package dev.longshore.manifest;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resources from files, by kind, namespace and name. */
public final class Manifests {
    private final Map<String, HasMetadata> resources = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if there is one of this kind and name already */
    void add(HasMetadata resource, String source) {
        if (resources.putIfAbsent(key(resource), resource) != null) {
            throw new IllegalArgumentException(source + ": " + describe(resource) + " is defined twice");
        }
    }

    static String describe(HasMetadata resource) {
        return resource.getKind() + " " + resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }

    public List<ContainerJob> jobs() {
        return all(ContainerJob.class);
    }

    public List<DockerHost> hosts() {
        return all(DockerHost.class);
    }

    public Optional<DockerHost> host(String namespace, String name) {
        return find(DockerHost.class, namespace, name);
    }

    public Optional<ContainerTemplate> template(String namespace, String name) {
        return find(ContainerTemplate.class, namespace, name);
    }

    public Optional<Secret> secret(String namespace, String name) {
        return find(Secret.class, namespace, name);
    }

    public Optional<ConfigMap> configMap(String namespace, String name) {
        return find(ConfigMap.class, namespace, name);
    }

    private <T extends HasMetadata> List<T> all(Class<T> type) {
        var found = new ArrayList<T>();
        resources.values().stream().filter(type::isInstance).map(type::cast).forEach(found::add);
        return found;
    }

    private <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name) {
        return Optional.ofNullable(resources.get(key(type.getSimpleName(), namespace, name)))
                .map(type::cast);
    }

    private static String key(HasMetadata resource) {
        var metadata = resource.getMetadata();
        return key(resource.getKind(), metadata.getNamespace(), metadata.getName());
    }

    private static String key(String kind, String namespace, String name) {
        return kind + " " + namespace + "/" + name;
    }
}
