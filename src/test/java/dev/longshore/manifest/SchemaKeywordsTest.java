package dev.longshore.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The check of schemas is our own because the CRDs use little of JSON schema: when they use more, it has to learn it. */
class SchemaKeywordsTest {
    private static final Set<String> CHECKED = Set.of(
            "additionalProperties",
            "default",
            "enum",
            "format",
            "items",
            "maxItems",
            "maxLength",
            "maxProperties",
            "maximum",
            "minItems",
            "minLength",
            "minimum",
            "pattern",
            "properties",
            "required",
            "type",
            "x-kubernetes-int-or-string",
            "x-kubernetes-list-map-keys",
            "x-kubernetes-validations");
    /** Says nothing about a resource on its own, or the same as another: anyOf is always int-or-string's. */
    private static final Set<String> WITHOUT_MEANING = Set.of("description", "anyOf", "x-kubernetes-list-type");

    private final Set<String> keywords = new TreeSet<>();
    private final Set<String> formats = new TreeSet<>();

    @Test
    void allKeywordsOfTheDefinitionsAreKnown() {
        Schemas.KINDS.keySet().forEach(kind -> walk(Schemas.of(kind)));
        keywords.removeAll(CHECKED);
        keywords.removeAll(WITHOUT_MEANING);
        assertThat(keywords).isEmpty();
        assertThat(formats).containsExactly("date-time");
    }

    private void walk(JsonNode schema) {
        schema.fieldNames().forEachRemaining(keywords::add);
        if (schema.has("format")) {
            formats.add(schema.path("format").asText());
        }
        assertThat(schema.has("anyOf"))
                .isEqualTo(schema.path("x-kubernetes-int-or-string").asBoolean());
        schema.path("properties").forEach(this::walk);
        if (schema.has("items")) {
            walk(schema.path("items"));
        }
        if (schema.path("additionalProperties").isObject()) {
            walk(schema.path("additionalProperties"));
        }
    }
}
