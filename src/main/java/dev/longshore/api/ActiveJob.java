package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A job of a schedule that is not finished. */
@ApiObject
@RecordBuilder
public record ActiveJob(
        @Required @JsonPropertyDescription("Name of the job.")
        String name,

        @JsonPropertyDescription("UID of the job.") String uid) {}
