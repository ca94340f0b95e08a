package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Resource usage of the last attempt, from samples. */
@ApiObject
@RecordBuilder
public record JobUsage(
        @JsonPropertyDescription("Most memory seen.") Quantity peakMemory,

        @JsonPropertyDescription("CPU time, such as 1.204s.")
        String cpuTime,

        @JsonPropertyDescription("Bytes received.") Quantity networkReceived,
        @JsonPropertyDescription("Bytes sent.") Quantity networkSent,

        @JsonPropertyDescription("How many samples were taken.")
        Integer samples) {}
