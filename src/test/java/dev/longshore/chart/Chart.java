package dev.longshore.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Helm chart, rendered by Helm itself. */
final class Chart {
    static final Path FOLDER = Path.of("helm", "longshore");
    static final Path VALUES = FOLDER.resolve("values.yaml");
    static final String RELEASE = "longshore";
    static final String NAMESPACE = "longshore-system";

    private static final YAMLMapper YAML = new YAMLMapper();

    /** What a release consists of. */
    record Manifests(List<JsonNode> all) {
        /** Nothing of that kind and name is a node that is missing. */
        JsonNode get(String kind, String name) {
            return all.stream()
                    .filter(manifest -> manifest.path("kind").asText().equals(kind)
                            && manifest.at("/metadata/name").asText().equals(name))
                    .findFirst()
                    .orElse(MissingNode.getInstance());
        }

        List<JsonNode> of(String kind) {
            return all.stream()
                    .filter(manifest -> manifest.path("kind").asText().equals(kind))
                    .toList();
        }

        JsonNode pod() {
            return of("Deployment").get(0).at("/spec/template/spec");
        }

        List<String> args() {
            return texts(pod().at("/containers/0/args"));
        }
    }

    private Chart() {}

    static List<String> texts(JsonNode list) {
        return YAML.convertValue(list, YAML.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    /** @param values in YAML */
    static Manifests render(String values) {
        try {
            return new Manifests(
                    YAML
                            .readerFor(JsonNode.class)
                            .<JsonNode>readValues(text(RELEASE, NAMESPACE, values))
                            .readAll()
                            .stream()
                            .filter(JsonNode::isObject)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws RuntimeException with its words if Helm refuses */
    static String text(String release, String namespace, String values) {
        var file = file(values);
        try {
            return new Helm(FOLDER)
                    .template()
                    .withName(release)
                    .withNamespace(namespace)
                    .skipCrds()
                    .withValuesFile(file)
                    .call();
        } finally {
            delete(file);
        }
    }

    static Path file(String values) {
        try {
            return Files.writeString(Files.createTempFile("longshore-values", ".yaml"), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, String> labels(JsonNode manifest) {
        return map(manifest.at("/metadata/labels"));
    }

    static Map<String, String> map(JsonNode object) {
        return YAML.convertValue(object, YAML.getTypeFactory().constructMapType(Map.class, String.class, String.class));
    }
}
