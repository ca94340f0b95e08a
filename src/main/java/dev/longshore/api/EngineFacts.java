package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What a daemon says of itself. */
@ApiObject
@RecordBuilder
public record EngineFacts(
        @JsonPropertyDescription("ID of the daemon.") String id,
        @JsonPropertyDescription("Version of Docker.") String version,
        @JsonPropertyDescription("API version in use.") String apiVersion,
        @JsonPropertyDescription("Operating system.") String os,
        @JsonPropertyDescription("Architecture.") String architecture,
        @JsonPropertyDescription("CPUs of the machine.") Integer cpus,
        @JsonPropertyDescription("Memory of the machine.") Quantity memory) {}
