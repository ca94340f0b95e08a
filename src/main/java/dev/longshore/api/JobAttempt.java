package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** One attempt of a job. */
@ApiObject
@RecordBuilder
public record JobAttempt(
        @Required @JsonPropertyDescription("Its number, from 1.")
        Integer attempt,

        @JsonPropertyDescription("ID of its container.") String containerID,

        @JsonPropertyDescription("Exit code of its container.")
        Integer exitCode,

        @JsonPropertyDescription("How it ended, or where it is.")
        JobReason reason,

        @JsonPropertyDescription("When its container started, by the daemon's clock.")
        String startedAt,

        @JsonPropertyDescription("When its container ended, by the daemon's clock.")
        String finishedAt) {}
