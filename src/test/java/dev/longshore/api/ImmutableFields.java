package dev.longshore.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One rule for all fields of a job that no update may add, change or remove. An API server evaluates the rules of a spec also
 * when only a status is written, and each look at a field costs it a walk over the names of all: so the rule asks first
 * whether the whole spec is as it was. A rule for each field took more of its time: see docs/performance.md.
 *
 * <p>What means the same is no change: {@code 0.5} and {@code 500m}, and a field of a list's item that is absent and one with
 * its default, which an older version filled in.
 */
final class ImmutableFields {
    /** In items of lists, where the API server fills in none: a client-side apply would see a change each time. */
    private static final Map<String, String> DEFAULTS = Map.of("readOnly", "false");

    private ImmutableFields() {}

    static void hold(JSONSchemaProps spec, Set<String> mutable) {
        Map<String, String> fields = new LinkedHashMap<>();
        spec.getProperties().forEach((field, schema) -> {
            if (!mutable.contains(field)) {
                fields.put(field, fieldAsItWas("self", "oldSelf", field, schema));
            }
        });
        var rules = new ArrayList<ValidationRule>(spec.getXKubernetesValidations());
        rules.add(new ValidationRuleBuilder()
                .withRule("self == oldSelf || (" + String.join(" && ", fields.values()) + ")")
                .withMessage(
                        "only " + String.join(", ", mutable.stream().sorted().toList())
                                + " may be changed: create another ContainerJob")
                .withMessageExpression("("
                        + fields.entrySet().stream()
                                .map(field -> "!(%s) ? '%s' : ".formatted(field.getValue(), field.getKey()))
                                .collect(Collectors.joining())
                        + "'spec') + ' is immutable: create another ContainerJob'")
                .build());
        spec.setXKubernetesValidations(rules);
    }

    private static String fieldAsItWas(String now, String old, String field, JSONSchemaProps schema) {
        return "has(%1$s) == has(%2$s) && (!has(%1$s) || %3$s)"
                .formatted(now + "." + field, old + "." + field, asItWas(now + "." + field, old + "." + field, schema));
    }

    private static String asItWas(String now, String old, JSONSchemaProps schema) {
        var plain = now + " == " + old;
        if (!mayDiffer(schema, false)) {
            return plain;
        }
        if (isQuantity(schema)) {
            return "quantity(string(%s)) == quantity(string(%s))".formatted(now, old);
        }
        var parts = schema.getItems() == null
                ? schema.getProperties().entrySet().stream()
                        .map(field -> fieldAsItWas(now, old, field.getKey(), field.getValue()))
                : itemsAsTheyWere(now, old, "v", "", schema.getItems().getSchema());
        return "(" + plain + " || " + parts.collect(Collectors.joining(" && ")) + ")";
    }

    /**
     * Field by field over all items, in their order: each item with each other would cost more than an API server allows.
     *
     * @param at the item {@code v}, or a part of it
     * @param guard what must be true for {@code at} to be there, and {@code &&}
     */
    private static Stream<String> itemsAsTheyWere(
            String now, String old, String at, String guard, JSONSchemaProps schema) {
        return schema.getProperties().entrySet().stream().flatMap(property -> {
            var field = at + "." + property.getKey();
            var present = guard + "has(" + field + ")";
            var value = property.getValue();
            if (DEFAULTS.containsKey(property.getKey())) {
                var byDefault = DEFAULTS.get(property.getKey());
                return Stream.of(mapped(now, old, "%s ? %s : %s".formatted(present, field, byDefault)));
            }
            var presence = Stream.of(mapped(now, old, present));
            if (!isQuantity(value) && mayDiffer(value, true)) {
                return Stream.concat(presence, itemsAsTheyWere(now, old, field, present + " && ", value));
            }
            var shown = isQuantity(value) ? "quantity(string(" + field + "))" : field;
            return Stream.concat(presence, Stream.of(mapped(now, old, present + ", " + shown)));
        });
    }

    private static String mapped(String now, String old, String item) {
        return "%s.map(v, %s) == %s.map(v, %2$s)".formatted(now, item, old);
    }

    /** Whether two of them can mean the same and be written in two ways. */
    private static boolean mayDiffer(JSONSchemaProps schema, boolean inItem) {
        if (isQuantity(schema)) {
            return true;
        }
        if (schema.getItems() != null) {
            return mayDiffer(schema.getItems().getSchema(), true);
        }
        return schema.getProperties() != null
                && schema.getProperties().entrySet().stream()
                        .anyMatch(field -> (inItem && DEFAULTS.containsKey(field.getKey()))
                                || mayDiffer(field.getValue(), inItem));
    }

    private static boolean isQuantity(JSONSchemaProps schema) {
        return Boolean.TRUE.equals(schema.getXKubernetesIntOrString());
    }
}
