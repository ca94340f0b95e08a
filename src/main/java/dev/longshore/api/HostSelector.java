package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** Selects DockerHosts by label; the job runs on the least loaded one. */
@ApiObject
@RecordBuilder
public record HostSelector(
        @Size(max = 64) @JsonPropertyDescription("Labels that the DockerHost must have.")
        Map<String, String> matchLabels,

        @Size(max = 64) @JsonPropertyDescription("Label selector requirements that the DockerHost must meet.")
        List<LabelSelectorRequirement> matchExpressions,

        @Size(max = 64) @JsonPropertyDescription("Namespaces of the DockerHosts. Defaults to the job's namespace.")
        List<@Size(min = 1, max = 63) @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$") String> namespaces) {
    public HostSelector {
        matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
        matchExpressions = matchExpressions == null ? List.of() : List.copyOf(matchExpressions);
        namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
    }
}
