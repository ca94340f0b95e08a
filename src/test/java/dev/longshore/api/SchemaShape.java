package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Visitors that add to one schema what its Java type cannot carry. */
final class SchemaShape {
    private static final Map<String, String> LIST_KEYS = Map.ofEntries(
            Map.entry("env", "name"),
            Map.entry("networks", "name"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("results", "name"),
            Map.entry("volumes", "mountPath"),
            Map.entry("secretFiles", "mountPath"),
            Map.entry("extraHosts", "ip"),
            Map.entry("allowedHostPaths", "path"),
            Map.entry("allowedLogDrivers", "driver"),
            Map.entry("images", "reference"),
            Map.entry("conditions", "type"),
            Map.entry("attempts", "attempt"),
            Map.entry("active", "name"));

    private static final Set<String> TIMES = Set.of(
            "startAfter",
            "startedAt",
            "finishedAt",
            "lastFinishedAt",
            "lastTransitionTime",
            "lastScheduleTime",
            "lastSuccessfulTime",
            "nextScheduleTime",
            "since");

    private static final Set<String> LONGS = Set.of("observedGeneration", "bytes");

    /** No sign, and no exponent that makes a number of a million digits. */
    private static final String QUANTITY =
            "^[+]?([0-9]+([.][0-9]*)?|[.][0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][-+]?[0-9]{1,2})?$";

    /** What Linux takes for one argument or variable. */
    private static final long LONGEST_STRING = 131_072;

    private static final long LONGEST_STRING_IN_A_STATUS = 1_048_576;
    private static final long LONGEST_QUANTITY_IN_A_STATUS = 64;

    private static final long MOST_ITEMS = 64;
    private static final long MOST_ITEMS_IN_A_STATUS = 8192;

    /** A DNS subdomain, a slash and a name. */
    private static final int LONGEST_KEY = 253 + 1 + 63;
    /** Older versions took any; Jackson reads none of more than 50,000. */
    private static final int LONGEST_KEY_IN_A_STATUS = 16_384;

    private static final long LONGEST_LABEL = 63;

    /** No more digits than there are nanoseconds. */
    private static final String TIME =
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$";

    private static final long LONGEST_TIME = 64;

    private SchemaShape() {}

    static void listTypes(String name, JSONSchemaProps schema) {
        if (!isArray(schema)) {
            return;
        }
        String key = LIST_KEYS.get(name);
        schema.setXKubernetesListType(key == null ? "atomic" : "map");
        if (key != null) {
            schema.setXKubernetesListMapKeys(List.of(key));
        }
    }

    static void quantities(String name, JSONSchemaProps schema) {
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            schema.setPattern(QUANTITY);
            schema.setMinimum(0.0);
            schema.setMaxLength(32L);
        }
    }

    static void times(String name, JSONSchemaProps schema) {
        if (TIMES.contains(name)) {
            schema.setFormat("date-time");
            schema.setPattern(TIME);
            schema.setMaxLength(LONGEST_TIME);
        }
    }

    /** The type is Kubernetes' own and says nothing of what its API server checks in its own resources. */
    static void labelRequirements(String name, JSONSchemaProps schema) {
        if (!name.equals("matchExpressions") || isArray(schema)) {
            return;
        }
        schema.setRequired(List.of("key", "operator"));
        schema.getProperties().get("key").setMinLength(1L);
        enumerate(schema.getProperties().get("operator"), "In", "NotIn", "Exists", "DoesNotExist");
        schema.setXKubernetesValidations(List.of(new ValidationRuleBuilder()
                .withRule("(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)")
                .withMessage("values are required when operator is In or NotIn, and forbidden otherwise")
                .withFieldPath(".values")
                .build()));
    }

    /** An object's default is empty where the fields in it have their own. */
    static void plainDefaults(String name, JSONSchemaProps schema) {
        if (schema.getDefault() != null && schema.getDefault().isObject()) {
            schema.setDefault(JsonNodeFactory.instance.objectNode());
        }
    }

    /**
     * CEL's estimated cost refuses a definition with an endless list, map or string; a reader of JSON refuses a longer name than
     * it has room for, and a number that does not fit into the Java type, which would keep the operator from reading any
     * resource of the kind.
     */
    static void bounds(String name, JSONSchemaProps schema) {
        atMost(schema, MOST_ITEMS, LONGEST_STRING);
        keys(schema, LONGEST_KEY);
        if (isInteger(schema)) {
            schema.setMinimum(requireNonNullElse(schema.getMinimum(), (double) Integer.MIN_VALUE));
            schema.setMaximum(requireNonNullElse(schema.getMaximum(), (double) Integer.MAX_VALUE));
        }
    }

    private static void atMost(JSONSchemaProps schema, long items, long length) {
        if (isArray(schema) && schema.getMaxItems() == null) {
            schema.setMaxItems(items);
        }
        if (schema.getAdditionalProperties() != null && schema.getMaxProperties() == null) {
            schema.setMaxProperties(items);
        }
        if ("string".equals(schema.getType())
                && (schema.getEnum() == null || schema.getEnum().isEmpty())
                && schema.getMaxLength() == null) {
            schema.setMaxLength(length);
        }
    }

    /** A structural schema has no bound for the keys of a map. */
    private static void keys(JSONSchemaProps schema, int longest) {
        if (schema.getAdditionalProperties() != null) {
            schema.setXKubernetesValidations(List.of(new ValidationRuleBuilder()
                    .withRule("self.all(k, size(k) <= %d)".formatted(longest))
                    .withMessage("keys must be no more than %d characters".formatted(longest))
                    .build()));
        }
    }

    /** Kubernetes' own limits, for what is compared with its labels. */
    static void labelSelectors(String name, JSONSchemaProps schema) {
        switch (name) {
            case "matchLabels" -> {
                if (schema.getAdditionalProperties() == null) {
                    schema.setMaxLength(LONGEST_LABEL);
                }
            }
            case "matchExpressions" -> {
                if (!isArray(schema)) {
                    schema.getProperties().get("key").setMaxLength((long) LONGEST_KEY);
                    schema.getProperties().get("values").getItems().getSchema().setMaxLength(LONGEST_LABEL);
                }
            }
            default -> {}
        }
    }

    static void conditions(String name, JSONSchemaProps schema) {
        if (name.equals("conditions") && !isArray(schema)) {
            schema.setRequired(List.of("status", "type"));
            enumerate(schema.getProperties().get("status"), "True", "False", "Unknown");
        }
    }

    /**
     * Nothing in a status may stop it from being stored, for a result would be lost with it: no rule of the spec and no default of
     * its own, and bounds that nothing of ours meets (an effective env is longer than those it was merged from). There are some,
     * for whoever may write a status by hand must not be able to write one that nobody can read.
     */
    static void generous(String name, JSONSchemaProps schema) {
        schema.setDefault(null);
        schema.setXKubernetesValidations(null);
        schema.setMaxItems(null);
        schema.setMinItems(null);
        schema.setMaxProperties(null);
        schema.setMaxLength(null);
        schema.setMinLength(null);
        schema.setMaximum(null);
        schema.setMinimum(null);
        schema.setPattern(TIMES.contains(name) ? TIME : null);
        atMost(schema, MOST_ITEMS_IN_A_STATUS, LONGEST_STRING_IN_A_STATUS);
        keys(schema, LONGEST_KEY_IN_A_STATUS);
        if (isInteger(schema) && !LONGS.contains(name)) {
            schema.setMinimum((double) Integer.MIN_VALUE);
            schema.setMaximum((double) Integer.MAX_VALUE);
        }
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            schema.setMaxLength(LONGEST_QUANTITY_IN_A_STATUS);
        }
    }

    private static void enumerate(JSONSchemaProps schema, String... values) {
        schema.setEnum(Stream.of(values).<JsonNode>map(TextNode::valueOf).toList());
    }

    private static boolean isInteger(JSONSchemaProps schema) {
        return "integer".equals(schema.getType());
    }

    private static boolean isArray(JSONSchemaProps schema) {
        return "array".equals(schema.getType());
    }
}
