package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Observed state of a daemon. */
@ApiObject
@RecordBuilder
public record DockerHostStatus(
        @JsonPropertyDescription(
                "Current conditions. Ready: reachable and authenticated. Schedulable: ready and active. Degraded: the daemon refuses all requests to create or start containers.")
        List<Condition> conditions,

        @JsonPropertyDescription("Information reported by the daemon.")
        EngineStatus engine,

        @JsonPropertyDescription("What jobs hold of spec.allocatable. Only if that is set.")
        Allocated allocated,

        @JsonPropertyDescription(
                "Images that Longshore pulled where the reference was not present before, at most 200.")
        List<PulledImage> images,

        @JsonPropertyDescription("Number of jobs on this host, by state.")
        HostJobs jobs,

        @JsonPropertyDescription("The certificates with which the daemon was last reached. Only with TLS.")
        TlsStatus tls,

        @JsonPropertyDescription("Most recent generation of the spec that was observed.")
        Long observedGeneration) {
    public DockerHostStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        images = images == null ? List.of() : List.copyOf(images);
    }
}
