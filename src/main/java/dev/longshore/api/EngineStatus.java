package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Information reported by a daemon. */
@ApiObject
@RecordBuilder
public record EngineStatus(
        @JsonPropertyDescription("Kind of daemon: docker or podman.")
        String kind,

        @JsonPropertyDescription("ID of the daemon.") String id,
        @JsonPropertyDescription("Version of the daemon.") String version,

        @JsonPropertyDescription("Docker API version in use.")
        String apiVersion,

        @JsonPropertyDescription("Operating system.") String os,
        @JsonPropertyDescription("CPU architecture.") String architecture,
        @JsonPropertyDescription("Number of CPUs.") Integer cpus,
        @JsonPropertyDescription("Total memory.") Quantity memory,

        @JsonPropertyDescription("Names of the GPUs and other devices that the daemon has discovered, at most 64.")
        List<String> gpus) {
    public EngineStatus {
        gpus = gpus == null ? List.of() : List.copyOf(gpus);
    }
}
