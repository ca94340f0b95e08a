package dev.longshore.kubernetes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Clients over the connections of another one, for those who read what strangers wrote. Whatever the API server has stored
 * they can read, or skip; none of it ends a list or a watch.
 */
public final class CacheClients {
    /** What the API server stores is bounded by etcd, to some MB: no name or text in it needs another bound. */
    private static final int LONGEST = 32 * 1024 * 1024;

    private static final int RETRIES = 2;

    private CacheClients() {}

    /** One that reads whole resources, also those with names that Jackson takes for an attack. */
    public static KubernetesClient whole(KubernetesClient client) {
        return over(client, new SharedHttp(http(client)), new Serialization(mapper()));
    }

    /**
     * One whose lists and watches are for caches: lists come in pages that are bounded in bytes, and resources as
     * {@link CachedReader} reads them.
     *
     * @param unreadable receives the kind of each resource that cannot be read
     */
    public static KubernetesClient forCaches(
            KubernetesClient client, List<CachedKind<?, ?, ?>> kinds, Consumer<String> unreadable) {
        return over(client, new BoundedPages(http(client)), serialization(kinds, unreadable));
    }

    static KubernetesSerialization serialization(List<CachedKind<?, ?, ?>> kinds, Consumer<String> unreadable) {
        var mapper = mapper();
        var module = new SimpleModule("cached");
        var report = new Unreadable(unreadable);
        kinds.forEach(kind -> register(module, kind, mapper, report));
        mapper.registerModule(module);
        var serialization = new Serialization(mapper);
        kinds.forEach(kind -> serialization.registerKubernetesResource(kind.type()));
        return serialization;
    }

    private static <S, T, R extends CustomResource<S, T>> void register(
            SimpleModule module, CachedKind<S, T, R> kind, ObjectMapper mapper, Unreadable report) {
        module.addDeserializer(kind.type(), new CachedReader<>(kind, mapper, report));
    }

    /**
     * Whoever asks tries again by itself. A client that does so for half a minute, since it is told of an internal error, such
     * as by an etcd that will never store what is too large, would take a thread away from others.
     */
    private static HttpClient http(KubernetesClient client) {
        var config = client.getConfiguration().getRequestConfig();
        int given = config.getRequestRetryBackoffLimit();
        // Below 0 is without end.
        var retries = given < 0 ? RETRIES : Math.min(RETRIES, given);
        return client.getHttpClient()
                .newBuilder()
                .tag(new RequestConfigBuilder(config)
                        .withRequestRetryBackoffLimit(retries)
                        .build())
                .build();
    }

    private static KubernetesClient over(
            KubernetesClient client, HttpClient http, KubernetesSerialization serialization) {
        return new KubernetesClientImpl(http, client.getConfiguration(), null, serialization);
    }

    private static ObjectMapper mapper() {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNameLength(LONGEST)
                        .maxStringLength(LONGEST)
                        .build())
                // A table of the names that were read, which refuses those that are made to collide in it.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
        return new JsonMapper(factory);
    }

    /** What cannot be read is like any other failure of a list or watch: tried again. The framework ends for Jackson's own. */
    private static final class Serialization extends KubernetesSerialization {
        Serialization(ObjectMapper mapper) {
            super(mapper, true);
        }

        @Override
        public <T> T unmarshal(InputStream stream, TypeReference<T> type) {
            try {
                return super.unmarshal(stream, type);
            } catch (KubernetesClientException e) {
                throw withoutJackson(e);
            }
        }

        private static KubernetesClientException withoutJackson(KubernetesClientException e) {
            return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                    .filter(JacksonException.class::isInstance)
                    .map(cause -> new KubernetesClientException("failed to parse the response of the API server: "
                            + ((JacksonException) cause).getOriginalMessage()))
                    .findFirst()
                    .orElse(e);
        }
    }
}
