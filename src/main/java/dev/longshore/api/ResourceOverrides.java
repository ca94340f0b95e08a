package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What a job may override of the resources in its template: the limits, but not the requests. */
@ApiObject
@RecordBuilder
public record ResourceOverrides(
        @JsonPropertyDescription("Maximum resources that the container may use.")
        ResourceList limits) {}
