package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Room for jobs on a host. What is not set is not counted.
 *
 * @param cpu null: not counted
 * @param memory null: not counted
 * @param gpus null: not counted, GPUs are shared; empty: the host has none
 */
@ValidationRule(
        value = "!has(self.gpus) || self.gpus.all(id, self.gpus.exists_one(other, other == id))",
        message = "gpus must not list the same ID twice",
        fieldPath = ".gpus")
@ApiObject
@RecordBuilder
public record Allocatable(
        @JsonPropertyDescription("CPU cores for all jobs together, such as 7500m or 6. Not counted if not set.")
        Quantity cpu,

        @JsonPropertyDescription("Memory for all jobs together, such as 56Gi. Not counted if not set.")
        Quantity memory,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Size(max = 64)
        @JsonPropertyDescription(
                "IDs of the GPUs for jobs: indexes, UUIDs or CDI names such as nvidia.com/gpu=0. Each is used by one job at a time. If not set, GPUs are not counted, and shared. If empty, there are none.")
        List<@Size(min = 1, max = 256) @Pattern("^[^,\\s]+$") String> gpus) {
    public Allocatable {
        gpus = gpus == null ? null : List.copyOf(gpus);
    }
}
