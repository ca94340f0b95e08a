package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Number of existing jobs that use a template, by state. */
@ApiObject
@RecordBuilder
public record TemplateJobs(
        @JsonPropertyDescription("Number of existing jobs.") Integer total,

        @JsonPropertyDescription("Number of jobs that are not finished.")
        Integer active,

        @JsonPropertyDescription("Number of completed jobs.")
        Integer completed,

        @JsonPropertyDescription("Number of failed jobs.") Integer failed,

        @JsonPropertyDescription("Number of canceled jobs.") Integer cancelled) {}
