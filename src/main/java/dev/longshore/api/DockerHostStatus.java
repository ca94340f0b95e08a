package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What Longshore knows of a daemon. */
@ApiObject
@RecordBuilder
public record DockerHostStatus(
        @JsonPropertyDescription(
                "Ready: reachable and authenticated; Schedulable: ready and active; Degraded: refuses whatever it is asked.")
        List<Condition> conditions,

        @JsonPropertyDescription("What the daemon says of itself.")
        EngineFacts engine,

        @JsonPropertyDescription("The jobs of the host.") HostJobs jobs,

        @JsonPropertyDescription("Generation of the spec that this status describes.")
        Long observedGeneration) {
    public DockerHostStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
