package dev.longshore.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One rule for all fields of a job that no update may add, change or remove. An API server evaluates the rules of a spec also
 * when only a status is written, and each look at a field costs it a walk over the names of all: so the rule asks first
 * whether the whole spec is as it was. A rule for each field took more of its time: see docs/performance.md.
 */
final class ImmutableFields {
    private ImmutableFields() {}

    static void hold(JSONSchemaProps spec, Set<String> mutable) {
        List<String> fields = spec.getProperties().keySet().stream()
                .filter(field -> !mutable.contains(field))
                .toList();
        var rules = new ArrayList<ValidationRule>(spec.getXKubernetesValidations());
        rules.add(new ValidationRuleBuilder()
                .withRule("self == oldSelf || ("
                        + fields.stream().map(ImmutableFields::asItWas).collect(Collectors.joining(" && ")) + ")")
                .withMessage(
                        "only " + String.join(", ", mutable.stream().sorted().toList())
                                + " may be changed: create another ContainerJob")
                .withMessageExpression("("
                        + fields.stream()
                                .map(field -> "!(%s) ? '%s' : ".formatted(asItWas(field), field))
                                .collect(Collectors.joining())
                        + "'spec') + ' is immutable: create another ContainerJob'")
                .build());
        spec.setXKubernetesValidations(rules);
    }

    private static String asItWas(String field) {
        return "has(self.%1$s) == has(oldSelf.%1$s) && (!has(self.%1$s) || self.%1$s == oldSelf.%1$s)".formatted(field);
    }
}
