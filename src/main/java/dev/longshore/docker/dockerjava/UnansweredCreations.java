package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.ContainerSpecBuilder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests to create a container to which the daemon did not respond in time. It continues with them, so a container may
 * appear later that is exactly what is wanted. Safe for use by several threads.
 */
final class UnansweredCreations {
    /** More are forgotten, and their containers are created again. */
    private static final int MOST = 1_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final Map<String, String> requests = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    };

    void add(ContainerSpec spec) {
        var digest = digest(spec);
        synchronized (requests) {
            requests.put(spec.name(), digest);
        }
    }

    /** Whether the last one of this name asked for the same; then it is not any more. */
    boolean remove(ContainerSpec spec) {
        var digest = digest(spec);
        synchronized (requests) {
            return digest.equals(requests.remove(spec.name()));
        }
    }

    /** Of all that is in the request, which files are not; they hold Secrets, so nothing else of them is kept. */
    private static String digest(ContainerSpec spec) {
        var request = ContainerSpecBuilder.builder(spec).files(List.of()).build();
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(request)));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
