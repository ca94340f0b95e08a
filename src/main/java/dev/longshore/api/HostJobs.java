package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Number of jobs on a host, by state. */
@ApiObject
@RecordBuilder
public record HostJobs(
        @JsonPropertyDescription("Number of jobs running on this host.")
        Integer running,

        @JsonPropertyDescription("Number of jobs waiting for this host.")
        Integer queued) {}
