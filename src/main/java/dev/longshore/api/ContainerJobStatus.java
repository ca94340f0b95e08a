package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What became of a job. */
@ApiObject
@RecordBuilder
public record ContainerJobStatus(
        @JsonPropertyDescription("Where the job is.") JobPhase phase,
        @JsonPropertyDescription("Why it is there.") JobReason reason,
        @JsonPropertyDescription("The same for people.") String message,

        @JsonPropertyDescription("Accepted, Finished, Succeeded, Reconciling and Stalled.")
        List<Condition> conditions,

        @JsonPropertyDescription("The host that the job is bound to.")
        JobHost host,

        @JsonPropertyDescription("ID of the current attempt's container.")
        String containerID,

        @JsonPropertyDescription("Its name.") String containerName,
        @JsonPropertyDescription("ID of its image.") String imageID,

        @JsonPropertyDescription("Number of the current attempt, from 1.")
        Integer attempt,

        @JsonPropertyDescription("Exit code of the last attempt.")
        Integer exitCode,

        @JsonPropertyDescription("Whether it ran out of memory.")
        Boolean oomKilled,

        @JsonPropertyDescription("When the container started, by the daemon's clock.")
        String startedAt,

        @JsonPropertyDescription("When it ended, by the daemon's clock.")
        String finishedAt,

        @JsonPropertyDescription("Time between the two, such as 1.204s.")
        String duration,

        @JsonPropertyDescription("The template after the job's overrides, fixed at the first attempt.")
        ContainerTemplateSpec effective,

        @JsonPropertyDescription("The end of what the container wrote.")
        JobLogs logs,

        @JsonPropertyDescription("Resource usage of the last attempt.")
        JobUsage usage,

        @JsonPropertyDescription("The newest attempts, the current one among them.")
        List<JobAttempt> attempts,

        @JsonPropertyDescription("Generation of the spec that this status describes.")
        Long observedGeneration) {
    public ContainerJobStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }
}
