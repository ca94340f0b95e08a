package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a user writes is without an end: what the API server takes, a reader can read. */
final class BoundsTest {
    /** Jackson reads no name that is longer. */
    private static final int LONGEST_NAME = 50_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dockerhosts.longshore.dev",
                "containertemplates.longshore.dev",
                "containerjobs.longshore.dev",
                "containercronjobs.longshore.dev"
            })
    void everyStringListMapAndKeyHasABound(String crd) {
        var endless = new ArrayList<String>();
        var schema = Crds.schema(crd).getProperties();
        for (var part : List.of("spec", "status")) {
            find(part, schema.get(part), endless);
        }
        assertThat(endless).isEmpty();
    }

    private static void find(String path, JSONSchemaProps schema, List<String> endless) {
        if (!isBounded(schema)) {
            endless.add(path);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> find(path + "." + name, property, endless));
        }
        if (schema.getItems() != null) {
            find(path + "[]", schema.getItems().getSchema(), endless);
        }
        if (schema.getAdditionalProperties() != null) {
            find(path + "{}", schema.getAdditionalProperties().getSchema(), endless);
        }
    }

    private static boolean isBounded(JSONSchemaProps schema) {
        if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
            return false;
        }
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            return schema.getMaxLength() != null;
        }
        return switch (schema.getType()) {
            case "string" -> !schema.getEnum().isEmpty() || schema.getMaxLength() != null;
            case "array" -> schema.getMaxItems() != null;
            case "object" ->
                schema.getAdditionalProperties() == null || schema.getMaxProperties() != null && hasBoundedKeys(schema);
            default -> true;
        };
    }

    private static boolean hasBoundedKeys(JSONSchemaProps map) {
        return map.getXKubernetesValidations().stream()
                .map(rule -> rule.getRule().replaceFirst("^self\\.all\\(k, size\\(k\\) <= ([0-9]+)\\)$", "$1"))
                .anyMatch(longest -> longest.matches("[0-9]{1,9}") && Integer.parseInt(longest) < LONGEST_NAME);
    }
}
