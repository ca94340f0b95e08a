package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Prunes and defaults a resource as the API server does before validation. */
final class SchemaDefaults {
    private SchemaDefaults() {}

    /** Removes fields that are null, then sets defaults, at any depth. */
    static void apply(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            var properties = schema.path("properties");
            var others = schema.path("additionalProperties");
            for (var field : List.copyOf(object.properties())) {
                var known = properties.has(field.getKey()) ? properties.path(field.getKey()) : others;
                if (field.getValue().isNull() && known.isObject()) {
                    object.remove(field.getKey());
                }
            }
            properties.properties().forEach(property -> {
                var fallback = property.getValue().path("default");
                if (!fallback.isMissingNode() && !object.has(property.getKey())) {
                    object.set(property.getKey(), fallback.deepCopy());
                }
            });
            object.properties()
                    .forEach(field -> apply(
                            field.getValue(),
                            properties.has(field.getKey()) ? properties.path(field.getKey()) : others));
        } else if (value.isArray()) {
            value.forEach(item -> apply(item, schema.path("items")));
        }
    }
}
