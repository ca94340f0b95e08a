package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What the container may use. */
@ApiObject
@RecordBuilder
public record Resources(
        @JsonPropertyDescription("The most that it may use.")
        ResourceList limits) {}
