package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The end of what a container wrote. */
@ApiObject
@RecordBuilder
public record JobLogs(
        @JsonPropertyDescription("End of the standard output.")
        String stdout,

        @JsonPropertyDescription("End of the standard error.")
        String stderr,

        @JsonPropertyDescription("Whether there was more.") Boolean truncated) {}
