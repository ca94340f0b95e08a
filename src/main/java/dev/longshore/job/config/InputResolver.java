package dev.longshore.job.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.EnvFromSource;
import dev.longshore.api.EnvVar;
import dev.longshore.api.KeyReference;
import dev.longshore.api.LocalReference;
import dev.longshore.api.SecretFiles;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DockerConfigJson;
import dev.longshore.docker.ImageReference;
import dev.longshore.docker.RegistryCredentials;
import dev.longshore.job.BlockedOr;
import dev.longshore.job.ClusterView;
import dev.longshore.job.attempt.ContainerInputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Takes the values that a container needs out of Secrets and ConfigMaps. One use, one thread. */
public final class InputResolver {
    private final String namespace;
    private final InputSources sources;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Set<String> secretEnvironment = new LinkedHashSet<>();
    private final List<ContainerSpec.File> files = new ArrayList<>();

    private InputResolver(String namespace, InputSources sources) {
        this.namespace = namespace;
        this.sources = sources;
    }

    /**
     * Everything that {@code template} refers to; blocked by the first Secret, ConfigMap or key that is not there.
     *
     * @throws InputSources.TooLarge where that is more than a job may have
     * @throws IllegalArgumentException if the image is no reference, or a registry's credentials cannot be read
     */
    public static BlockedOr<ContainerInputs> resolve(
            ContainerTemplateSpec template, String namespace, ClusterView cluster) {
        var image = ImageReference.parse(template.image());
        var sources = new InputSources(namespace, cluster);
        var missing = sources.read(template).map(InputSources.Lack::why);
        return BlockedOr.unless(missing, () -> new InputResolver(namespace, sources).inputs(template, image));
    }

    private ContainerInputs inputs(ContainerTemplateSpec template, ImageReference image) {
        template.envFrom().forEach(this::addAll);
        template.env().forEach(this::add);
        template.secretFiles().forEach(this::addFiles);
        requireShortNames();
        return new ContainerInputs(
                environment, secretEnvironment, files, credentials(template.imagePullSecrets(), image));
    }

    private void addAll(EnvFromSource source) {
        var prefix = source.prefix() == null ? "" : source.prefix();
        if (source.secretRef() != null) {
            secret(source.secretRef().name()).forEach((key, value) -> putSecret(prefix + key, value));
        } else {
            configMap(source.configMapRef().name()).forEach((key, value) -> put(prefix + key, text(value)));
        }
    }

    private void add(EnvVar variable) {
        if (variable.valueFrom() == null) {
            put(variable.name(), variable.value() == null ? "" : variable.value());
            return;
        }
        KeyReference key = variable.valueFrom().secretKeyRef();
        var isSecret = key != null;
        key = isSecret ? key : variable.valueFrom().configMapKeyRef();
        var value = (isSecret ? secret(key.name()) : configMap(key.name())).get(key.key());
        if (value == null) {
            // A required one was read before.
            return;
        }
        if (isSecret) {
            putSecret(variable.name(), value);
        } else {
            put(variable.name(), text(value));
        }
    }

    private void addFiles(SecretFiles source) {
        secret(source.secretName())
                .forEach((key, value) -> files.add(new ContainerSpec.File(path(source, key), value)));
    }

    /** Where the value of a key lies in the container. */
    public static String path(SecretFiles source, String key) {
        var end = source.mountPath().length();
        while (end > 0 && source.mountPath().charAt(end - 1) == '/') {
            end--;
        }
        return source.mountPath().substring(0, end) + "/" + key;
    }

    /** They go into a label of the container, which the daemon returns with each listing. */
    private void requireShortNames() {
        var names = secretEnvironment.stream().mapToLong(String::length).sum()
                + files.stream().mapToLong(file -> file.path().length()).sum();
        if (names > InputSources.MOST_NAMES) {
            throw InputSources.TooLarge.names(names);
        }
    }

    /** All are read, so that every unreadable one is reported; the first that fits is used. */
    private RegistryCredentials credentials(List<LocalReference> secrets, ImageReference image) {
        return secrets.stream().map(secret -> credentials(secret, image).orElse(null)).toList().stream()
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Optional<RegistryCredentials> credentials(LocalReference reference, ImageReference image) {
        var values = secret(reference.name());
        var content = InputUses.CREDENTIALS.stream()
                .map(values::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        try {
            return DockerConfigJson.parse(text(content)).forImage(image);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "imagePullSecrets: Secret " + namespace + "/" + reference.name() + ": " + e.getMessage(), e);
        }
    }

    private void put(String name, String value) {
        environment.put(name, value);
        secretEnvironment.remove(name);
    }

    private void putSecret(String name, byte[] value) {
        environment.put(name, text(value));
        secretEnvironment.add(name);
    }

    private Map<String, byte[]> secret(String name) {
        return sources.valuesOf(new InputUses.Source(true, name));
    }

    private Map<String, byte[]> configMap(String name) {
        return sources.valuesOf(new InputUses.Source(false, name));
    }

    private static String text(byte[] value) {
        return new String(value, UTF_8);
    }
}
