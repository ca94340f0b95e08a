package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The content of a result file, or why there is none. */
@ApiObject
@RecordBuilder
public record JobResultValue(
        @Required @JsonPropertyDescription("Name of the result.")
        String name,

        @JsonPropertyDescription("Content of the file, with secret values masked.")
        String value,

        @JsonPropertyDescription("Why the content is not available.")
        String error) {}
