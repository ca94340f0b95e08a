package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Observed state of a template. */
@ApiObject
@RecordBuilder
public record ContainerTemplateStatus(
        @JsonPropertyDescription(
                "Current conditions. Ready: the template is active, and its Secrets and ConfigMaps exist.")
        List<Condition> conditions,

        @JsonPropertyDescription("Number of existing jobs that use this template, by state.")
        TemplateJobs jobs,

        @JsonPropertyDescription("Mean duration of the completed jobs, such as 1.204s.")
        String averageDuration,

        @JsonPropertyDescription("Time the most recent job finished.")
        String lastFinishedAt,

        @JsonPropertyDescription("Most recent generation of the spec that was observed.")
        Long observedGeneration) {
    public ContainerTemplateStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
