package dev.longshore.job.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.JobReason;
import dev.longshore.job.Blocked;
import dev.longshore.job.ClusterView;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the Secrets and ConfigMaps of one namespace that one reconciliation of a template or job needs: each once, one after the
 * other, and kept only as far as they are used and the sum is one that a job may have. One use, one thread.
 */
public final class InputSources {
    /** What the values may have in sum that one job takes, each counted as often as it is taken. */
    public static final long MOST_BYTES = 4 << 20;
    /** How many variables and files they may become. */
    static final long MOST_VALUES = 10_000;
    /** What the names of those may have in sum that come from Secrets: they go into a label of the container. */
    static final long MOST_NAMES = 64 << 10;

    /** From how many of them: each is a request. */
    static final int MOST_SOURCES = 64;

    private final String namespace;
    private final ClusterView cluster;
    private final Map<InputUses.Source, Map<String, byte[]>> read = new HashMap<>();
    private long bytes;
    private long values;

    InputSources(String namespace, ClusterView cluster) {
        this.namespace = namespace;
        this.cluster = cluster;
    }

    /** What a template needs and is not there. */
    record Lack(InputUses.Source source, Blocked.Unmet why) {}

    /**
     * What is not there, if anything is, of what a template takes; no value is kept.
     *
     * @param first what is read before the others, where the template takes it; null: nothing
     * @throws TooLarge where it takes from more than a job may
     */
    static Optional<Lack> missing(
            ContainerTemplateSpec template, String namespace, ClusterView cluster, InputUses.Source first) {
        var sources = new InputSources(namespace, cluster);
        var uses = uses(template);
        return Stream.concat(Stream.ofNullable(first).filter(uses::containsKey), uses.keySet().stream())
                .distinct()
                .flatMap(source -> sources.lack(source, uses.get(source), sources.find(source)).stream())
                .findFirst();
    }

    private Optional<Lack> lack(InputUses.Source source, InputUses.Use use, Optional<Map<String, String>> found) {
        var message = found.isPresent()
                ? missingKey(use, found.get().keySet()).map(key -> " has no key " + key)
                : Optional.of(" not found").filter(notFound -> !use.isOptional());
        return message.map(what -> new Lack(source, new Blocked.Unmet(reason(source), fullName(source) + what)));
    }

    private static Map<InputUses.Source, InputUses.Use> uses(ContainerTemplateSpec template) {
        var uses = InputUses.of(template);
        if (uses.size() > MOST_SOURCES) {
            throw TooLarge.sources(uses.size());
        }
        return uses;
    }

    /**
     * Reads all that a template takes, up to the first that is not there.
     *
     * @return that one
     * @throws TooLarge where that is more than a job may have
     */
    Optional<Lack> read(ContainerTemplateSpec template) {
        for (var used : uses(template).entrySet()) {
            var found = find(used.getKey());
            var lack = lack(used.getKey(), used.getValue(), found);
            if (lack.isPresent()) {
                return lack;
            }
            found.ifPresent(values -> take(used.getKey(), used.getValue(), values));
        }
        if (isTooLarge()) {
            throw TooLarge.values(bytes, values);
        }
        return Optional.empty();
    }

    /** By key; empty where there is no such resource and the container starts without. */
    Map<String, byte[]> valuesOf(InputUses.Source source) {
        return read.getOrDefault(source, Map.of());
    }

    private void take(InputUses.Source source, InputUses.Use use, Map<String, String> found) {
        var kept = new LinkedHashMap<String, byte[]>();
        found.forEach((key, written) -> {
            var credentials = use.credentials() > 0 && InputUses.CREDENTIALS.contains(key);
            var variables = use.whole() + use.keys().getOrDefault(key, 0);
            if (variables > 0 || credentials) {
                var value = source.isSecret() ? Base64.getMimeDecoder().decode(written) : written.getBytes(UTF_8);
                bytes += (long) value.length * (variables + use.credentials() * (credentials ? 1 : 0));
                values += variables;
                if (!isTooLarge()) {
                    kept.put(key, value);
                }
            }
        });
        read.put(source, kept);
        if (isTooLarge()) {
            // It continues for the sum alone.
            read.clear();
        }
    }

    private boolean isTooLarge() {
        return bytes > MOST_BYTES || values > MOST_VALUES;
    }

    private static Optional<String> missingKey(InputUses.Use use, Set<String> there) {
        return use.keys().keySet().stream()
                .filter(key -> use.needs(key) && !there.contains(key))
                .findFirst()
                .or(() -> Optional.of(InputUses.CREDENTIALS.get(0))
                        .filter(key -> use.credentials() > 0
                                && InputUses.CREDENTIALS.stream().noneMatch(there::contains)));
    }

    private static JobReason reason(InputUses.Source source) {
        return source.isSecret() ? JobReason.SECRET_NOT_FOUND : JobReason.CONFIG_MAP_NOT_FOUND;
    }

    private String fullName(InputUses.Source source) {
        return (source.isSecret() ? "Secret " : "ConfigMap ") + namespace + "/" + source.name();
    }

    /** By key, that of a Secret in base64. */
    private Optional<Map<String, String>> find(InputUses.Source source) {
        return source.isSecret()
                ? cluster.secret(namespace, source.name()).map(InputSources::data)
                : cluster.configMap(namespace, source.name()).map(InputSources::data);
    }

    /** {@code stringData} is only ever seen in manifests that no API server has taken yet. */
    public static Map<String, String> data(Secret secret) {
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

    /** A job takes more than one may. */
    public static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooLarge(String message) {
            super(message, null, false, false);
        }

        private static TooLarge values(long bytes, long values) {
            return new TooLarge(
                    bytes > MOST_BYTES
                            ? "Secret and ConfigMap values of the job are " + bytes
                                    + " bytes in total, each counted once per use; at most " + MOST_BYTES
                                    + " (4 MiB) are allowed: use fewer of them in env, envFrom and secretFiles"
                            : "Secrets and ConfigMaps of the job have " + values
                                    + " variables and files; at most " + MOST_VALUES
                                    + " are allowed: use fewer of them in envFrom and secretFiles");
        }

        private static TooLarge sources(int sources) {
            return new TooLarge("the job uses " + sources + " Secrets and ConfigMaps; at most " + MOST_SOURCES
                    + " are allowed: combine them into fewer");
        }

        static TooLarge names(long characters) {
            return new TooLarge("names of variables and files from Secrets have "
                    + characters + " characters in total; at most " + MOST_NAMES
                    + " are allowed: shorten them, or select single keys in env");
        }
    }
}
