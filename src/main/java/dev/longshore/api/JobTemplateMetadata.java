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
        value = "!has(self.annotations) || self.annotations.all(k, !k.startsWith('longshore.dev/'))",
        message = "annotation keys with the prefix longshore.dev/ are reserved",
        fieldPath = ".annotations")
@ApiObject
@RecordBuilder
public record JobTemplateMetadata(
        @JsonPropertyDescription("Labels of the jobs.") Map<String, String> labels,
        @JsonPropertyDescription("Annotations of the jobs.") Map<String, String> annotations) {
    public JobTemplateMetadata {
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }
}
