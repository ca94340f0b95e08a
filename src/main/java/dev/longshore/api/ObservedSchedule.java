package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The schedule in effect. */
@ApiObject
@RecordBuilder
public record ObservedSchedule(
        @JsonPropertyDescription("The spec's schedule.") String schedule,
        @JsonPropertyDescription("The spec's timeZone.") String timeZone,

        @JsonPropertyDescription("Time since when it is in effect. Earlier times of it are not made up for.")
        String since) {}
