package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Namespaces whose jobs may use a host. */
@ValidationRule(
        value = "(has(self.from) && self.from == 'Selector') == has(self.selector)",
        message = "selector is required when from is Selector, and forbidden otherwise",
        fieldPath = ".selector")
@ApiObject
@RecordBuilder
public record AllowedNamespaces(
        @Default("Same")
        @JsonPropertyDescription(
                "Same: the host's own namespace. All: all namespaces. Selector: namespaces matched by selector, and the host's own.")
        NamespacesFrom from,

        @JsonPropertyDescription("Selects namespaces by label. Required when from is Selector.")
        LabelSelector selector) {
    public AllowedNamespaces {
        from = requireNonNullElse(from, NamespacesFrom.SAME);
    }
}
