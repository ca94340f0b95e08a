package dev.longshore.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.EnvFromSource;
import dev.longshore.api.EnvVar;
import dev.longshore.api.JobReason;
import dev.longshore.api.KeyReference;
import dev.longshore.api.LocalReference;
import dev.longshore.api.SecretFiles;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DockerConfigJson;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes the values that a container needs out of Secrets and ConfigMaps. One use, one thread. */
final class InputResolver {
    private final ClusterView cluster;
    private final String namespace;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Set<String> secretEnvironment = new LinkedHashSet<>();
    private final List<ContainerSpec.File> files = new ArrayList<>();
    private final List<DockerConfigJson> credentials = new ArrayList<>();
    private final Set<String> secretValues = new HashSet<>();

    private InputResolver(ClusterView cluster, String namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    /**
     * Everything that {@code template} refers to.
     *
     * @throws NotYet naming the resource and the key
     * @throws IllegalArgumentException if a registry's credentials cannot be read
     */
    static ContainerInputs resolve(ContainerTemplateSpec template, String namespace, ClusterView cluster) {
        var resolver = new InputResolver(cluster, namespace);
        template.envFrom().forEach(resolver::addAll);
        template.env().forEach(resolver::add);
        var owner = FileOwner.of(template.user());
        template.secretFiles().forEach(secret -> resolver.addFiles(secret, owner));
        template.imagePullSecrets().forEach(resolver::addCredentials);
        return new ContainerInputs(
                resolver.environment,
                resolver.secretEnvironment,
                resolver.files,
                resolver.credentials,
                resolver.secretValues);
    }

    private void addAll(EnvFromSource source) {
        var prefix = source.prefix() == null ? "" : source.prefix();
        if (source.secretRef() != null) {
            data(secret(source.secretRef().name())).forEach((key, value) -> putSecret(prefix + key, text(value)));
        } else {
            data(configMap(source.configMapRef().name())).forEach((key, value) -> put(prefix + key, value));
        }
    }

    private void add(EnvVar variable) {
        if (variable.valueFrom() == null) {
            put(variable.name(), variable.value() == null ? "" : variable.value());
        } else if (variable.valueFrom().secretKeyRef() != null) {
            addSecretKey(variable.name(), variable.valueFrom().secretKeyRef());
        } else {
            addConfigMapKey(variable.name(), variable.valueFrom().configMapKeyRef());
        }
    }

    private void addSecretKey(String name, KeyReference key) {
        var optional = Boolean.TRUE.equals(key.optional());
        if (optional && cluster.secret(namespace, key.name()).isEmpty()) {
            return;
        }
        var value = data(secret(key.name())).get(key.key());
        if (value != null) {
            putSecret(name, text(value));
        } else if (!optional) {
            throw noKey("Secret", key.name(), key.key());
        }
    }

    private void addConfigMapKey(String name, KeyReference key) {
        var optional = Boolean.TRUE.equals(key.optional());
        if (optional && cluster.configMap(namespace, key.name()).isEmpty()) {
            return;
        }
        var value = data(configMap(key.name())).get(key.key());
        if (value != null) {
            put(name, value);
        } else if (!optional) {
            throw noKey("ConfigMap", key.name(), key.key());
        }
    }

    private void addFiles(SecretFiles source, FileOwner owner) {
        var folder = source.mountPath().replaceAll("/+$", "");
        data(secret(source.secretName())).forEach((key, value) -> {
            var content = bytes(value);
            secretValues.add(new String(content, UTF_8));
            files.add(new ContainerSpec.File(folder + "/" + key, content, owner.uid(), owner.gid()));
        });
    }

    private void addCredentials(LocalReference reference) {
        var data = data(secret(reference.name()));
        var content = data.getOrDefault(".dockerconfigjson", data.get(".dockercfg"));
        if (content == null) {
            throw noKey("Secret", reference.name(), ".dockerconfigjson");
        }
        try {
            credentials.add(DockerConfigJson.parse(text(content)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "imagePullSecrets: Secret " + namespace + "/" + reference.name() + ": " + e.getMessage(), e);
        }
    }

    private void put(String name, String value) {
        environment.put(name, value);
        secretEnvironment.remove(name);
    }

    private void putSecret(String name, String value) {
        environment.put(name, value);
        secretEnvironment.add(name);
        secretValues.add(value);
    }

    private Secret secret(String name) {
        return cluster.secret(namespace, name)
                .orElseThrow(() -> new NotYet(
                        JobReason.SECRET_NOT_FOUND, "Secret " + namespace + "/" + name + " not found: create it"));
    }

    private ConfigMap configMap(String name) {
        return cluster.configMap(namespace, name)
                .orElseThrow(() -> new NotYet(
                        JobReason.CONFIG_MAP_NOT_FOUND,
                        "ConfigMap " + namespace + "/" + name + " not found: create it"));
    }

    private NotYet noKey(String kind, String name, String key) {
        var reason = kind.equals("Secret") ? JobReason.SECRET_NOT_FOUND : JobReason.CONFIG_MAP_NOT_FOUND;
        return new NotYet(reason, kind + " " + namespace + "/" + name + " has no key " + key + ": add it");
    }

    /** By key, in base64; {@code stringData} is only ever seen in manifests that no API server has taken yet. */
    private static Map<String, String> data(Secret secret) {
        var data = new LinkedHashMap<String, String>();
        if (secret.getData() != null) {
            data.putAll(secret.getData());
        }
        if (secret.getStringData() != null) {
            secret.getStringData()
                    .forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value.getBytes(UTF_8))));
        }
        return data;
    }

    private static Map<String, String> data(ConfigMap map) {
        return map.getData() == null ? Map.of() : map.getData();
    }

    private static byte[] bytes(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }

    private static String text(String base64) {
        return new String(bytes(base64), UTF_8);
    }
}
