package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** One attempt of a job. */
@ApiObject
@RecordBuilder
public record JobAttempt(
        @Required @JsonPropertyDescription("Number of the attempt, starting at 1.")
        Integer attempt,

        @JsonPropertyDescription("ID of the attempt's container.")
        String containerID,

        @JsonPropertyDescription("Exit code of the attempt's container.")
        Integer exitCode,

        @JsonPropertyDescription("Reason for the result or the current state of the attempt.")
        JobReason reason,

        @JsonPropertyDescription("Time the container started, by the daemon's clock.")
        String startedAt,

        @JsonPropertyDescription("Time the container exited, by the daemon's clock.")
        String finishedAt,

        @JsonPropertyDescription("URL of the attempt's log in the log archive.")
        String logArchive) {}
