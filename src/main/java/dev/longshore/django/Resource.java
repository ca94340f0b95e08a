package dev.longshore.django;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.manifest.ManifestCheck;
import dev.longshore.manifest.Problem;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A resource of the output.
 *
 * @param comments lines above it, before the notes
 * @param notes what could not be carried over: lines above it, and on stderr
 */
record Resource(ObjectNode content, Set<String> comments, Set<String> notes) {
    static final String OURS = "longshore.dev/v1";

    /** @param origin its first comment */
    static Resource of(String apiVersion, String kind, String namespace, String name, String origin) {
        var content = JsonNodeFactory.instance.objectNode();
        content.put("apiVersion", apiVersion).put("kind", kind);
        var metadata = content.putObject("metadata").put("name", name);
        if (namespace != null) {
            metadata.put("namespace", namespace);
        }
        return new Resource(content, new LinkedHashSet<>(Set.of(origin)), new LinkedHashSet<>());
    }

    ObjectNode spec() {
        return content.withObject("/spec");
    }

    String name() {
        return content.path("metadata").path("name").asText();
    }

    /** @throws InvalidRowException with what the API server would say */
    Resource checked() {
        var problems = ManifestCheck.problems(content);
        if (!problems.isEmpty()) {
            throw new InvalidRowException(
                    problems.stream().map(Resource::message).collect(Collectors.joining("; ")));
        }
        return this;
    }

    private static String message(Problem problem) {
        return problem.path() + ": " + problem.what();
    }
}
