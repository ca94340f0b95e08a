package dev.longshore.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Schemas of the supported kinds, loaded lazily. Never modified. */
final class Schemas {
    private static final String GROUP = "longshore.dev";
    private static final String LONGSHORE = GROUP + "/v1";
    private static final String CORE = "v1";
    /** The apiVersion of each kind. */
    static final Map<String, String> KINDS = new TreeMap<>(Map.of(
            "DockerHost", LONGSHORE,
            "ContainerTemplate", LONGSHORE,
            "ContainerJob", LONGSHORE,
            "ContainerCronJob", LONGSHORE,
            "Secret", CORE,
            "ConfigMap", CORE));

    private static final Map<String, JsonNode> RESOURCES = new ConcurrentHashMap<>();

    private Schemas() {}

    /** Whether a resource with this apiVersion or kind is meant to be one of ours, even if misspelled. */
    static boolean isMeantAsOurs(String apiVersion, String kind) {
        return KINDS.keySet().stream().anyMatch(kind::equalsIgnoreCase)
                || apiVersion.equals(GROUP)
                || apiVersion.startsWith(GROUP + "/");
    }

    static JsonNode of(String kind) {
        return KINDS.get(kind).equals(CORE)
                ? read("core.yaml").path(kind)
                : read("/crds/" + kind.toLowerCase(Locale.ROOT) + "s." + GROUP + ".yaml")
                        .at("/spec/versions/0/schema/openAPIV3Schema");
    }

    static JsonNode metadata() {
        return read("core.yaml").path("metadata");
    }

    private static JsonNode read(String resource) {
        return RESOURCES.computeIfAbsent(resource, Schemas::parse);
    }

    private static JsonNode parse(String resource) {
        try (var stream = Schemas.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("this jar was built without " + resource);
            }
            List<Problem> problems = new ArrayList<>();
            var documents = YamlReader.read(resource, new String(stream.readAllBytes(), UTF_8), problems, problems);
            if (!problems.isEmpty()) {
                throw new IllegalStateException("this jar is broken: " + problems.get(0));
            }
            return documents.get(0).content();
        } catch (IOException e) {
            throw new IllegalStateException("failed to read this jar: " + e.getMessage(), e);
        }
    }
}
