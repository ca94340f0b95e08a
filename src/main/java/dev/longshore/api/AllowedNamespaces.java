package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Whose jobs may use a host. */
@ValidationRule(
        value = "(has(self.from) && self.from == 'Selector') == has(self.selector)",
        message = "a selector is needed with from: Selector, and only there",
        fieldPath = ".selector")
@ApiObject
@RecordBuilder
public record AllowedNamespaces(
        @Default("Same")
        @JsonPropertyDescription(
                "Same: the host's own namespace; All: every one; Selector: those that the selector chooses, and the host's own.")
        NamespacesFrom from,

        @JsonPropertyDescription("Chooses namespaces by their labels.")
        LabelSelector selector) {
    public AllowedNamespaces {
        from = requireNonNullElse(from, NamespacesFrom.SAME);
    }
}
