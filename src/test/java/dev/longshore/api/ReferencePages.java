package dev.longshore.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A page about each kind, field by field, as its definition says it. */
final class ReferencePages {
    static final Path FOLDER = Path.of("docs/reference");

    /** A bound above this keeps the cost of the rules in check, and is met by nobody. */
    private static final long INTERESTING = 65_536;

    /** The only values that are more than this are the reasons of a job. */
    private static final int FEW = 10;

    private static final String INTRO = """
            # %s

            <!-- Generated from the CRDs; written by make reference -->

            %s Short name `%s`, `apiVersion: longshore.dev/v1`, namespaced. `kubectl explain %s.spec` shows the same.

            Fields in **bold** are required. In a path, `[]` is an item of a list or a value of a map. Durations are in seconds, sizes and CPU
            are Kubernetes quantities (`256Mi`, `500m`), times are RFC 3339.
            """;

    private ReferencePages() {}

    /** The text of each, by file name. */
    static Map<String, String> all() {
        var pages = new TreeMap<String, String>();
        for (var crd : Crds.generate().values()) {
            pages.put(crd.getSpec().getNames().getSingular() + ".md", page(crd));
        }
        return pages;
    }

    private static String page(CustomResourceDefinition crd) {
        var names = crd.getSpec().getNames();
        var version = crd.getSpec().getVersions().get(0);
        var schema = version.getSchema().getOpenAPIV3Schema();
        var shortName = names.getShortNames().get(0);
        return INTRO.formatted(names.getKind(), schema.getDescription(), shortName, shortName)
                + part("spec", schema)
                + rules(schema)
                + part("status", schema)
                + kubectl(version);
    }

    private static String part(String name, JSONSchemaProps root) {
        var rows = new ArrayList<String>();
        fields("", root.getProperties().get(name), rows);
        return "\n## %s\n\n| Field | Type | Default | |\n|---|---|---|---|\n".formatted(name) + String.join("", rows);
    }

    private static void fields(String prefix, JSONSchemaProps parent, List<String> rows) {
        parent.getProperties().forEach((name, schema) -> {
            var path = prefix + name;
            var required = parent.getRequired().contains(name);
            rows.add("| %s | %s | %s | %s |\n"
                    .formatted(
                            required ? "**`" + path + "`**" : "`" + path + "`",
                            type(schema),
                            defaultValue(schema),
                            cell(message(schema))));
            nested(path, schema, rows);
        });
    }

    private static void nested(String path, JSONSchemaProps schema, List<String> rows) {
        var entry = entry(schema);
        if (isCondition(entry)) {
            return;
        }
        if (entry != null && !entry.getProperties().isEmpty()) {
            fields(path + "[].", entry, rows);
        } else if (isTemplate(schema)) {
            rows.add("| `%s.…` | | | Same fields as [a ContainerTemplate's spec](containertemplate.md#spec) |\n"
                    .formatted(path));
        } else if (isJob(schema)) {
            rows.add("| `%s.…` | | | Same fields as [a ContainerJob's spec](containerjob.md#spec) |\n".formatted(path));
        } else if (!schema.getProperties().isEmpty()) {
            fields(path + ".", schema, rows);
        }
    }

    /** They are the same in every kind of Kubernetes. */
    private static boolean isCondition(JSONSchemaProps entry) {
        return entry != null && entry.getProperties().containsKey("lastTransitionTime");
    }

    private static boolean isTemplate(JSONSchemaProps schema) {
        return schema.getProperties().containsKey("imagePullPolicy");
    }

    private static boolean isJob(JSONSchemaProps schema) {
        return schema.getProperties().containsKey("hostSelector");
    }

    /** Of a list or map; null for others. */
    private static JSONSchemaProps entry(JSONSchemaProps schema) {
        if (schema.getItems() != null) {
            return schema.getItems().getSchema();
        }
        return schema.getAdditionalProperties() == null
                ? null
                : schema.getAdditionalProperties().getSchema();
    }

    private static String type(JSONSchemaProps schema) {
        if (schema.getEnum() != null && schema.getEnum().size() > FEW) {
            return "[reason](../troubleshooting.md)";
        }
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().stream()
                    .map(value -> "`" + value.asText() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            return "quantity";
        }
        var entry = entry(schema);
        if (isCondition(entry)) {
            return "list of conditions";
        }
        if (entry != null) {
            return (schema.getItems() == null ? "map of " : "list of ") + type(entry);
        }
        return "date-time".equals(schema.getFormat()) ? "time" : schema.getType();
    }

    private static String defaultValue(JSONSchemaProps schema) {
        var value = schema.getDefault();
        return value == null || (value.isContainerNode() && value.isEmpty()) ? "" : "`" + value.toString() + "`";
    }

    private static String message(JSONSchemaProps schema) {
        var description = schema.getDescription() == null ? "" : schema.getDescription();
        var bounds = bounds(schema);
        return bounds.isEmpty() ? description : description + " " + bounds + ".";
    }

    private static String bounds(JSONSchemaProps schema) {
        var bounds = new ArrayList<String>();
        if (schema.getMinimum() != null
                && schema.getMinimum() > Integer.MIN_VALUE
                && !Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            bounds.add("at least " + number(schema.getMinimum()));
        }
        if (schema.getMaximum() != null && schema.getMaximum() <= INTERESTING) {
            bounds.add("at most " + number(schema.getMaximum()));
        }
        var text = String.join(", ", bounds);
        return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String number(Double bound) {
        return BigDecimal.valueOf(bound).toBigInteger().toString();
    }

    private static String rules(JSONSchemaProps root) {
        var rules = new ArrayList<String>();
        ofItself("", root, rules);
        rules("", root.getProperties().get("spec"), rules);
        return rules.isEmpty() ? "" : "\nValidation rules that the API server enforces:\n\n" + String.join("", rules);
    }

    private static void ofItself(String path, JSONSchemaProps schema, List<String> rules) {
        if (schema.getXKubernetesValidations() != null) {
            schema.getXKubernetesValidations()
                    .forEach(rule -> rules.add(
                            path.isEmpty()
                                    ? "- %s\n".formatted(rule.getMessage())
                                    : "- `%s`: %s\n".formatted(path, rule.getMessage())));
        }
    }

    private static void rules(String path, JSONSchemaProps schema, List<String> rules) {
        ofItself(path, schema, rules);
        if ((isTemplate(schema) || isJob(schema)) && !path.isEmpty()) {
            return;
        }
        var entry = entry(schema);
        if (entry != null) {
            rules(path + "[]", entry, rules);
        }
        schema.getProperties().forEach((name, field) -> rules(path.isEmpty() ? name : path + "." + name, field, rules));
    }

    private static String kubectl(CustomResourceDefinitionVersion version) {
        var columns = version.getAdditionalPrinterColumns().stream()
                .map(column -> column.getPriority() == null || column.getPriority() == 0
                        ? column.getName()
                        : column.getName() + " (with `-o wide`)")
                .collect(Collectors.joining(", "));
        var selectable = version.getSelectableFields().stream()
                .map(field -> "`" + field.getJsonPath().substring(1) + "`")
                .collect(Collectors.joining(", "));
        return "\n## In kubectl\n\nColumns: %s.\n\nField selectors (`--field-selector`): `metadata.name`, %s.\n"
                .formatted(columns, selectable);
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
