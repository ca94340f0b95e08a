package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What Longshore knows of a template. */
@ApiObject
@RecordBuilder
public record ContainerTemplateStatus(
        @JsonPropertyDescription("Ready: an active template whose Secrets and ConfigMaps exist.")
        List<Condition> conditions,

        @JsonPropertyDescription("The jobs that use this template and exist now.")
        TemplateJobs jobs,

        @JsonPropertyDescription("Mean run time of those that completed, such as 1.204s.")
        String averageDuration,

        @JsonPropertyDescription("When the last of them finished.")
        String lastFinishedAt,

        @JsonPropertyDescription("Generation of the spec that this status describes.")
        Long observedGeneration) {
    public ContainerTemplateStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
