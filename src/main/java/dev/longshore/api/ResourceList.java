package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Amounts of CPU and memory. */
@ApiObject
@RecordBuilder
public record ResourceList(
        @JsonPropertyDescription("CPU cores, such as 500m or 2.")
        Quantity cpu,

        @JsonPropertyDescription("Memory, such as 256Mi.") Quantity memory) {}
