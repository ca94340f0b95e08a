package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Resource usage sampled during the last attempt. */
@ApiObject
@RecordBuilder
public record JobUsage(
        @JsonPropertyDescription("Peak memory usage.") Quantity peakMemory,

        @JsonPropertyDescription("Total CPU time, such as 1.204s.")
        String cpuTime,

        @JsonPropertyDescription("Bytes received.") Quantity networkReceived,
        @JsonPropertyDescription("Bytes sent.") Quantity networkSent,

        @JsonPropertyDescription("Number of samples.") Integer samples) {}
