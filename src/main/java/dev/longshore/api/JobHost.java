package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** DockerHost that a job is bound to. */
@ApiObject
@RecordBuilder
public record JobHost(
        @JsonPropertyDescription("Namespace of the DockerHost.")
        String namespace,

        @JsonPropertyDescription("Name of the DockerHost.") String name) {}
