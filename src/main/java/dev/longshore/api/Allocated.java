package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * What jobs hold of the room on a host.
 *
 * @param cpu null: not counted
 * @param memory null: not counted
 * @param gpus null: not counted; empty: all are free
 */
@ApiObject
@RecordBuilder
public record Allocated(
        @JsonPropertyDescription("CPU cores of the jobs that hold room.")
        Quantity cpu,

        @JsonPropertyDescription("Memory of the jobs that hold room.")
        Quantity memory,

        // Also if empty: all are free then.
        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonPropertyDescription("IDs of the GPUs that are in use.")
        List<String> gpus) {
    public Allocated {
        gpus = gpus == null ? null : List.copyOf(gpus);
    }
}
