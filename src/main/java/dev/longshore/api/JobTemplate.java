package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The jobs of a schedule. The rules that refuse cancel and startAfter are added by the CRD generator. */
@ApiObject
@RecordBuilder
public record JobTemplate(
        @JsonPropertyDescription("Labels and annotations of the jobs.")
        JobTemplateMetadata metadata,

        @Required @JsonPropertyDescription("Spec of the jobs.")
        ContainerJobSpec spec) {}
