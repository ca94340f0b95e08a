package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Observed state of a job. */
@ApiObject
@RecordBuilder
public record ContainerJobStatus(
        @JsonPropertyDescription("Current phase of the job.")
        JobPhase phase,

        @JsonPropertyDescription("Machine-readable reason for the phase.")
        JobReason reason,

        @JsonPropertyDescription("Human-readable explanation of the reason.")
        String message,

        @JsonPropertyDescription("Current conditions: Accepted, Finished, Succeeded, Reconciling, Stalled.")
        List<Condition> conditions,

        @JsonPropertyDescription("DockerHost that the job is bound to.")
        JobHost host,

        @JsonPropertyDescription("ID of the current attempt's container.")
        String containerID,

        @JsonPropertyDescription("Name of the current attempt's container.")
        String containerName,

        @JsonPropertyDescription("IDs of the GPUs that the current attempt has for itself.")
        List<String> gpus,

        @JsonPropertyDescription("ID of the current attempt's image.")
        String imageID,

        @JsonPropertyDescription(
                "Digest of the first attempt's image, as repository@sha256:…, where the daemon reports one. Later attempts use exactly this image.")
        String imageDigest,

        @JsonPropertyDescription("Number of the current attempt, starting at 1.")
        Integer attempt,

        @JsonPropertyDescription("Exit code of the last attempt's container.")
        Integer exitCode,

        @JsonPropertyDescription("Whether the container was killed because it ran out of memory.")
        Boolean oomKilled,

        @JsonPropertyDescription("Time the container started, by the daemon's clock.")
        String startedAt,

        @JsonPropertyDescription("Time the container exited, by the daemon's clock.")
        String finishedAt,

        @JsonPropertyDescription("Time between startedAt and finishedAt, such as 1.204s.")
        String duration,

        @JsonPropertyDescription("Template with the job's overrides applied. Fixed when the first attempt is created.")
        ContainerTemplateSpec effective,

        @JsonPropertyDescription("Last part of the container's output.")
        JobLogs logs,

        @JsonPropertyDescription("Content of the files in spec.results of the last attempt.")
        List<JobResultValue> results,

        @JsonPropertyDescription("Resource usage of the last attempt.")
        JobUsage usage,

        @JsonPropertyDescription("Most recent attempts, including the current one.")
        List<JobAttempt> attempts,

        @JsonPropertyDescription("Most recent generation of the spec that was observed.")
        Long observedGeneration) {
    public ContainerJobStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        gpus = gpus == null ? List.of() : List.copyOf(gpus);
        results = results == null ? List.of() : List.copyOf(results);
        attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }
}
