package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The jobs of a template that exist now. */
@ApiObject
@RecordBuilder
public record TemplateJobs(
        @JsonPropertyDescription("Jobs that exist now.") Integer total,
        @JsonPropertyDescription("Of them, not finished.") Integer active,
        @JsonPropertyDescription("Of them, completed.") Integer completed,
        @JsonPropertyDescription("Of them, failed.") Integer failed,
        @JsonPropertyDescription("Of them, cancelled.") Integer cancelled) {}
