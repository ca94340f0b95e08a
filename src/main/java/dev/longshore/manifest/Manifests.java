package dev.longshore.manifest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import dev.longshore.api.StatusFormat;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Resources from files, by kind, namespace and name. */
public final class Manifests {
    private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.of(
            "DockerHost", DockerHost.class,
            "ContainerTemplate", ContainerTemplate.class,
            "ContainerJob", ContainerJob.class,
            "ContainerCronJob", ContainerCronJob.class,
            "Secret", Secret.class,
            "ConfigMap", ConfigMap.class);

    private final Map<String, HasMetadata> resources = new LinkedHashMap<>();

    /** @param manifests as {@link ManifestReader} returned them */
    public static Manifests of(List<Manifest> manifests) {
        var typed = new Manifests();
        var serialization = new KubernetesSerialization(new ObjectMapper(), true);
        var now = Instant.now();
        manifests.forEach(manifest -> {
            var resource = serialization.convertValue(manifest.document().content(), TYPES.get(manifest.kind()));
            complete(resource, manifest, now);
            typed.resources.put(key(resource), resource);
        });
        return typed;
    }

    /** Adds the metadata that an API server would add. */
    private static void complete(HasMetadata resource, Manifest manifest, Instant now) {
        var metadata = resource.getMetadata();
        var uid = UUID.randomUUID().toString();
        metadata.setNamespace(manifest.namespace());
        if (manifest.name().isEmpty()) {
            metadata.setName(metadata.getGenerateName() + uid.substring(0, 5));
        }
        metadata.setUid(uid);
        metadata.setGeneration(1L);
        metadata.setCreationTimestamp(StatusFormat.time(now));
    }

    public List<ContainerJob> jobs() {
        return all(ContainerJob.class);
    }

    public List<ContainerCronJob> cronJobs() {
        return all(ContainerCronJob.class);
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
