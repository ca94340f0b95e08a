package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Last part of a container's output. */
@ApiObject
@RecordBuilder
public record JobLogs(
        @JsonPropertyDescription("Last part of standard output.")
        String stdout,

        @JsonPropertyDescription("Last part of standard error.")
        String stderr,

        @JsonPropertyDescription("Whether earlier output was omitted.")
        Boolean truncated,

        @JsonPropertyDescription("Whole log in the log archive.")
        JobLogArchive archive) {
    public JobLogs(String stdout, String stderr, Boolean truncated) {
        this(stdout, stderr, truncated, null);
    }
}
