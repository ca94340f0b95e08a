package dev.longshore.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.ArrayList;
import java.util.List;

/** The spec of a job within a schedule: it may be changed at any time, and a part of it is for a single job alone. */
final class JobTemplates {
    private JobTemplates() {}

    static void finish(JSONSchemaProps spec) {
        var metadata = spec.getProperties().get("jobTemplate").getProperties().get("metadata");
        metadata.getProperties()
                .get("labels")
                .getAdditionalProperties()
                .getSchema()
                .setMaxLength(63L);
        var job = spec.getProperties().get("jobTemplate").getProperties().get("spec");
        new SchemaWalk((name, schema) -> withoutTransitionRules(schema)).walk("spec", job);
        var rules = new ArrayList<ValidationRule>(job.getXKubernetesValidations());
        // The default is in every template.
        rules.add(refused(
                "cancel",
                "!has(self.cancel) || !self.cancel",
                "cancel is not allowed in a jobTemplate: set spec.suspend to stop the schedule"));
        rules.add(refused(
                "startAfter",
                "!has(self.startAfter)",
                "startAfter is not allowed in a jobTemplate: spec.schedule says when jobs start"));
        job.setXKubernetesValidations(rules);
    }

    /** A job's name is that of its schedule, and the minutes since 1970: together a label's value of 63 characters. */
    static void limitNames(JSONSchemaProps root) {
        root.setXKubernetesValidations(List.of(new ValidationRuleBuilder()
                .withRule("size(self.metadata.name) <= 52")
                .withMessage("metadata.name must be no more than 52 characters")
                .build()));
    }

    private static void withoutTransitionRules(JSONSchemaProps schema) {
        var rules = schema.getXKubernetesValidations();
        if (rules != null) {
            schema.setXKubernetesValidations(List.copyOf(rules.stream()
                    .filter(rule -> !rule.getRule().contains("oldSelf"))
                    .toList()));
        }
    }

    private static ValidationRule refused(String field, String rule, String message) {
        return new ValidationRuleBuilder()
                .withRule(rule)
                .withMessage(message)
                .withFieldPath("." + field)
                .build();
    }
}
