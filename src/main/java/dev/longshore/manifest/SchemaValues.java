package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.longshore.api.StatusFormat;
import dev.longshore.names.Nearest;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;

/** Validates a string, a number or a boolean against a schema. */
final class SchemaValues {
    private static final int MOST_SHOWN = 100;
    /** RE2, like the API server's. */
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private final JsonNode schema;
    private final String path;
    private final Findings findings;

    SchemaValues(JsonNode schema, String path, Findings findings) {
        this.schema = schema;
        this.path = path;
        this.findings = findings;
    }

    static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case OBJECT, POJO -> "object";
            case STRING, BINARY -> "string";
            case NULL, MISSING -> "null";
        };
    }

    static List<String> types(JsonNode schema) {
        return schema.path("x-kubernetes-int-or-string").asBoolean()
                ? List.of("integer", "string")
                : List.of(schema.path("type").asText());
    }

    /** As JSON, truncated if it is long. */
    static String shown(JsonNode value) {
        var json = value.toString();
        return json.length() <= MOST_SHOWN ? json : json.substring(0, MOST_SHOWN) + "…";
    }

    /** @param value of a type that the schema allows */
    void check(JsonNode value) {
        if (value.isTextual()) {
            checkText(value);
        } else if (value.isNumber()) {
            checkNumber(value);
        }
        var allowed = schema.path("enum");
        if (allowed.isArray()
                && StreamSupport.stream(allowed.spliterator(), false).noneMatch(value::equals)) {
            findings.add(
                    path,
                    "Unsupported value: " + shown(value) + ": supported values: " + String.join(", ", shownAll(allowed))
                            + Nearest.suggestion(value.asText(), values(allowed)));
        }
    }

    private static List<String> shownAll(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(SchemaValues::shown)
                .sorted()
                .toList();
    }

    private static List<String> values(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private void checkText(JsonNode value) {
        var text = value.asText();
        var length = text.codePointCount(0, text.length());
        if (schema.path("format").asText().equals("date-time") && !isTime(text)) {
            invalid(value, "must be of type date-time, such as 2030-01-31T06:30:00Z");
        }
        if (schema.has("maxLength") && length > schema.path("maxLength").asInt()) {
            findings.add(
                    path,
                    "Too long: may not be more than " + schema.path("maxLength").asInt() + " characters");
        } else if (length < schema.path("minLength").asInt(0)) {
            invalid(value, "should be at least " + schema.path("minLength").asInt() + " chars long");
        } else if (schema.has("pattern")
                && !PATTERNS.computeIfAbsent(schema.path("pattern").asText(), Pattern::compile)
                        .matcher(text)
                        .find()) {
            invalid(value, "should match '" + schema.path("pattern").asText() + "'");
        }
    }

    private static boolean isTime(String text) {
        try {
            StatusFormat.instant(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private void checkNumber(JsonNode value) {
        var number = value.decimalValue();
        if (schema.has("minimum") && number.compareTo(schema.path("minimum").decimalValue()) < 0) {
            invalid(
                    value,
                    "should be greater than or equal to "
                            + schema.path("minimum").asText());
        }
        if (schema.has("maximum") && number.compareTo(schema.path("maximum").decimalValue()) > 0) {
            invalid(
                    value,
                    "should be less than or equal to " + schema.path("maximum").asText());
        }
    }

    private void invalid(JsonNode value, String why) {
        findings.add(path, "Invalid value: " + shown(value) + ": " + why);
    }
}
