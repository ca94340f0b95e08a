package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Number of jobs of a schedule. */
@ApiObject
public record ScheduleJobs(
        @JsonPropertyDescription("Number of jobs that are not finished.")
        Integer active) {}
