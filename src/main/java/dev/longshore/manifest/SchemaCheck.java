package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.names.Nearest;
import java.util.HashSet;
import java.util.List;

/**
 * Validates a resource against a structural schema, with the API server's messages. Supports the keywords that our CRDs
 * use; a test fails when they use another.
 */
final class SchemaCheck {
    private final Findings findings;

    SchemaCheck(Findings findings) {
        this.findings = findings;
    }

    void check(JsonNode value, JsonNode schema, String path) {
        var actual = SchemaValues.type(value);
        var expected = SchemaValues.types(schema);
        if (!expected.contains(actual)) {
            findings.addShapeless(path, wrongType(actual, String.join(" or ", expected), value));
        } else if (value.isObject()) {
            checkObject(value, schema, path);
        } else if (value.isArray()) {
            checkArray(value, schema, path);
        } else {
            new SchemaValues(schema, path, findings).check(value);
        }
    }

    private static String wrongType(String actual, String expected, JsonNode value) {
        var remedy = expected.contains("string") && value.isValueNode() && !value.isNull() ? ": put it in quotes" : "";
        return "Invalid value: \"" + actual + "\": must be of type " + expected + remedy;
    }

    private void checkObject(JsonNode object, JsonNode schema, String path) {
        atMost(object.size(), schema.path("maxProperties"), path);
        schema.path("required").forEach(name -> {
            if (!object.has(name.asText())) {
                findings.addShapeless(Document.join(path, name.asText()), "Required value");
            }
        });
        var properties = schema.path("properties");
        var others = schema.path("additionalProperties");
        for (var field : List.copyOf(object.properties())) {
            var name = field.getKey();
            var at = Document.join(path, name);
            if (properties.has(name)) {
                check(field.getValue(), properties.path(name), at);
            } else if (others.isObject()) {
                check(field.getValue(), others, at);
            } else if (!properties.isMissingNode()) {
                findings.add(at, "unknown field" + Nearest.suggestion(name, names(properties)));
                ((ObjectNode) object).remove(name);
            }
        }
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(field -> field.getKey()).toList();
    }

    private void checkArray(JsonNode array, JsonNode schema, String path) {
        atMost(array.size(), schema.path("maxItems"), path);
        if (array.size() < schema.path("minItems").asInt(0)) {
            findings.add(
                    path,
                    "Invalid value: " + array.size() + ": should have at least "
                            + schema.path("minItems").asInt() + " items");
        }
        for (int i = 0; i < array.size(); i++) {
            check(array.get(i), schema.path("items"), path + "[" + i + "]");
        }
        if (schema.has("x-kubernetes-list-map-keys")) {
            checkKeys(array, schema.path("x-kubernetes-list-map-keys"), path);
        }
    }

    private void checkKeys(JsonNode array, JsonNode keys, String path) {
        var checked = new HashSet<JsonNode>();
        for (int i = 0; i < array.size(); i++) {
            var key = JsonNodeFactory.instance.objectNode();
            for (var name : keys) {
                if (array.get(i).has(name.asText())) {
                    key.set(name.asText(), array.get(i).get(name.asText()));
                }
            }
            if (!key.isEmpty() && !checked.add(key)) {
                findings.add(path + "[" + i + "]", "Duplicate value: " + SchemaValues.shown(key));
            }
        }
    }

    private void atMost(int size, JsonNode most, String path) {
        if (most.isNumber() && size > most.asInt()) {
            findings.add(path, "Too many: " + size + ": must have at most " + most.asInt() + " items");
        }
    }
}
