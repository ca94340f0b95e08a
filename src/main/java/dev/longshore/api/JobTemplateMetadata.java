package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/** What each job of a schedule has beside its own metadata. */
@ValidationRule(
        value = "!has(self.labels) || self.labels.all(k, !k.startsWith('longshore.dev/'))",
        message = "label keys with the prefix longshore.dev/ are reserved",
        fieldPath = ".labels")
@ValidationRule(
        value = "!has(self.labels) || self.labels.all(k, k.matches(r'" + JobTemplateMetadata.KEY
                + "') && self.labels[k].matches(r'^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$'))",
        message =
                "labels must have valid keys and values: at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
        fieldPath = ".labels")
@ValidationRule(
        value = "!has(self.annotations) || self.annotations.all(k, k.matches(r'" + JobTemplateMetadata.KEY + "'))",
        message = "annotations must have valid keys",
        fieldPath = ".annotations")
@ValidationRule(
        value = "!has(self.annotations) || self.annotations.all(k, !k.startsWith('longshore.dev/'))",
        message = "annotation keys with the prefix longshore.dev/ are reserved",
        fieldPath = ".annotations")
@ApiObject
@RecordBuilder
public record JobTemplateMetadata(
        @JsonPropertyDescription("Labels of the jobs.") Map<String, String> labels,
        @JsonPropertyDescription("Annotations of the jobs.") Map<String, String> annotations) {
    /** Of a label or annotation, as the API server checks it: of a prefix, the characters alone. */
    static final String KEY = "^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

    public JobTemplateMetadata {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }
}
