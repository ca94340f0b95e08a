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
 * One run of a template on a host. That all but four of its fields stay as they are is a rule that the generator of the
 * CRDs adds.
 */
@ValidationRule(
        value = "has(self.templateRef) != has(self.template)",
        message = "exactly one of templateRef and template is needed")
@ValidationRule(
        value = "has(self.hostRef) != has(self.hostSelector)",
        message = "exactly one of hostRef and hostSelector is needed")
@ValidationRule(
        value = "!(has(oldSelf.cancel) && oldSelf.cancel) || (has(self.cancel) && self.cancel)",
        message = "a cancelled job stays cancelled: create another ContainerJob",
        fieldPath = ".cancel")
@ApiObject
@RecordBuilder
public record ContainerJobSpec(
        @JsonPropertyDescription("The ContainerTemplate to run.")
        LocalReference templateRef,

        @JsonPropertyDescription("A template written in place, instead of templateRef.")
        ContainerTemplateSpec template,

        @JsonPropertyDescription("The DockerHost to run on.")
        HostReference hostRef,

        @JsonPropertyDescription("Chooses the DockerHost, instead of hostRef.")
        HostSelector hostSelector,

        @Default("3") @Min(1) @Max(5) @JsonPropertyDescription("1 to 5, 1 first.")
        Integer priority,

        @Size(max = 4096) @JsonPropertyDescription("Instead of the template's command.")
        List<String> command,

        @Size(max = 4096) @JsonPropertyDescription("Instead of the template's args.")
        List<String> args,

        @Size(min = 1, max = 4096) @Pattern("^/") @JsonPropertyDescription("Instead of the template's workingDir.")
        String workingDir,

        @Size(max = 1024) @JsonPropertyDescription("Merged by name over the template's env.")
        List<EnvVar> env,

        @JsonPropertyDescription("Merged by key over the template's limits.")
        Resources resources,

        @Min(1) @JsonPropertyDescription("Instead of the template's timeoutSeconds.")
        Integer timeoutSeconds,

        @JsonPropertyDescription("Instead of the template's retry.")
        RetryPolicy retry,

        @Min(0) @JsonPropertyDescription("Instead of the template's ttlSecondsAfterFinished.")
        Integer ttlSecondsAfterFinished,

        @Default("false") @JsonPropertyDescription("true: not started while it is true.")
        Boolean suspend,

        @Default("false")
        @JsonPropertyDescription("true: never started, or stopped and recorded as Cancelled. Once true, stays true.")
        Boolean cancel,

        @JsonPropertyDescription("Not started before this time.")
        String startAfter,

        @Min(1)
        @JsonPropertyDescription(
                "The job fails if it is not started that many seconds after its creation or startAfter, whichever is later.")
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
