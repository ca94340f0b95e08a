package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The host that a job is bound to. */
@ApiObject
@RecordBuilder
public record JobHost(
        @JsonPropertyDescription("Its namespace.") String namespace,
        @JsonPropertyDescription("Its name.") String name) {}
