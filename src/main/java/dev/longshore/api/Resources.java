package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Resources of a container. */
@ApiObject
@RecordBuilder
public record Resources(
        @JsonPropertyDescription("Maximum resources that the container may use.")
        ResourceList limits) {}
