package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The jobs of a host. */
@ApiObject
@RecordBuilder
public record HostJobs(
        @JsonPropertyDescription("Jobs whose containers run there.")
        Integer running,

        @JsonPropertyDescription("Jobs that wait for it.") Integer queued) {}
