package dev.longshore.job.operation;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.SecretFiles;
import dev.longshore.job.ClusterView;
import dev.longshore.job.config.InputResolver;
import dev.longshore.job.config.InputSources;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Secrets that became files of a job's container, as they are now: by name and key; those are left out that are not
 * there, may not be read, or are more in sum than a job may have.
 */
public record SecretsNow(Map<String, Map<String, byte[]>> bySecret) {
    public static SecretsNow of(ContainerJob job, ClusterView cluster) {
        var secrets = new HashMap<String, Map<String, byte[]>>();
        var effective = job.getStatus() == null ? null : job.getStatus().effective();
        if (effective == null) {
            return new SecretsNow(secrets);
        }
        var namespace = job.getMetadata().getNamespace();
        var left = InputSources.MOST_BYTES;
        for (var name : effective.secretFiles().stream()
                .map(SecretFiles::secretName)
                .distinct()
                .toList()) {
            var values = read(cluster, namespace, name);
            var size = values == null
                    ? 0
                    : values.values().stream().mapToLong(value -> value.length).sum();
            if (values != null && size <= left) {
                left -= size;
                secrets.put(name, values);
            }
        }
        return new SecretsNow(secrets);
    }

    private static Map<String, byte[]> read(ClusterView cluster, String namespace, String name) {
        try {
            return cluster.secret(namespace, name)
                    .map(secret -> {
                        var values = new LinkedHashMap<String, byte[]>();
                        InputSources.data(secret)
                                .forEach((key, value) ->
                                        values.put(key, Base64.getMimeDecoder().decode(value)));
                        return values;
                    })
                    .orElse(null);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return null;
            }
            throw e;
        }
    }

    /** Null where it is not known. */
    Map<String, byte[]> of(String secret) {
        return bySecret.get(secret);
    }

    Map<String, byte[]> byPath(List<SecretFiles> files) {
        var values = new HashMap<String, byte[]>();
        files.forEach(source -> bySecret.getOrDefault(source.secretName(), Map.of())
                .forEach((key, value) -> values.put(InputResolver.path(source, key), value)));
        return values;
    }

    @Override
    public String toString() {
        return "SecretsNow" + bySecret.keySet();
    }
}
