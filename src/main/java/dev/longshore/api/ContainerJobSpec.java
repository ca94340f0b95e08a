package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * A single run of a container on a DockerHost. The rule that makes all but four of its fields immutable is added by the
 * CRD generator.
 */
@ValidationRule(
        value = "has(self.templateRef) != has(self.template)",
        message = "exactly one of templateRef and template is required")
@ValidationRule(
        value = "has(self.hostRef) != has(self.hostSelector)",
        message = "exactly one of hostRef and hostSelector is required")
@ValidationRule(
        value = "!(has(oldSelf.cancel) && oldSelf.cancel) || (has(self.cancel) && self.cancel)",
        message = "cancel cannot be undone: create another ContainerJob",
        fieldPath = ".cancel")
@ApiObject
@RecordBuilder
public record ContainerJobSpec(
        @JsonPropertyDescription("ContainerTemplate to run.")
        LocalReference templateRef,

        @JsonPropertyDescription("Inline template. Alternative to templateRef.")
        ContainerTemplateSpec template,

        @JsonPropertyDescription("DockerHost to run on.") HostReference hostRef,

        @JsonPropertyDescription("Selects the DockerHost to run on. Alternative to hostRef.")
        HostSelector hostSelector,

        @Default("3") @Min(1) @Max(5) @JsonPropertyDescription("Priority from 1 (highest) to 5 (lowest).")
        Integer priority,

        @Size(max = 4096) @JsonPropertyDescription("Overrides the template's command.")
        List<String> command,

        @Size(max = 4096) @JsonPropertyDescription("Overrides the template's args.")
        List<String> args,

        @Size(min = 1, max = 4096) @Pattern("^/") @JsonPropertyDescription("Overrides the template's workingDir.")
        String workingDir,

        @Size(max = 1024)
        @JsonPropertyDescription(
                "Environment variables. Merged by name with the template's variables and take precedence over them.")
        List<EnvVar> env,

        @JsonPropertyDescription(
                "Resource limits. Merged by key with the template's limits and take precedence over them.")
        ResourceOverrides resources,

        @Min(1) @JsonPropertyDescription("Overrides the template's timeoutSeconds.")
        Integer timeoutSeconds,

        @JsonPropertyDescription("Overrides the template's retry.")
        RetryPolicy retry,

        @Min(0) @JsonPropertyDescription("Overrides the template's ttlSecondsAfterFinished.")
        Integer ttlSecondsAfterFinished,

        @Default("false") @JsonPropertyDescription("If true, the job does not start. A running job is not affected.")
        Boolean suspend,

        @Default("false")
        @JsonPropertyDescription(
                "If true, the job is stopped, or never started, and recorded as Cancelled. Cannot be set back to false.")
        Boolean cancel,

        @JsonPropertyDescription("Time before which the job does not start.")
        String startAfter,

        @Min(1)
        @JsonPropertyDescription(
                "Deadline in seconds for starting the job, counted from its creation or startAfter, whichever is later. The job fails if it misses the deadline.")
        Integer startDeadlineSeconds) {
    public ContainerJobSpec {
        priority = requireNonNullElse(priority, 3);
        command = command == null ? List.of() : List.copyOf(command);
        args = args == null ? List.of() : List.copyOf(args);
        env = env == null ? List.of() : List.copyOf(env);
        suspend = requireNonNullElse(suspend, false);
        cancel = requireNonNullElse(cancel, false);
    }
}
