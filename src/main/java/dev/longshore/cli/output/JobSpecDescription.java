package dev.longshore.cli.output;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpec;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.HostSelector;
import dev.longshore.cli.output.JobDescription.Template;
import dev.longshore.job.config.EffectiveTemplate;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The spec of a job, with the container that it is to have. */
final class JobSpecDescription {
    private JobSpecDescription() {}

    /** @param template null where the job's status has what its template and its own overrides came to */
    static void add(Description text, ContainerJob job, Template template) {
        var spec = job.getSpec();
        text.add("Template", JobColumns.template(job))
                .add("Host", JobColumns.host(job))
                .add("Host Selector", selector(spec.hostSelector()))
                .add("Priority", spec.priority())
                .add("Suspend", spec.suspend() ? true : null)
                .add("Cancel", spec.cancel() ? true : null)
                .add("Start After", spec.startAfter())
                .add("Start Deadline", ContainerDescription.seconds(spec.startDeadlineSeconds()));
        if (template == null) {
            ContainerDescription.add(text, "Container", job.getStatus().effective());
        } else if (template.spec() == null) {
            text.add("Container", template.problem());
            overrides(text, spec);
        } else {
            ContainerDescription.add(
                    text,
                    spec.template() == null ? "Container (from the current template)" : "Container",
                    effective(spec, template));
        }
    }

    /** Null where the template could not be read. */
    static ContainerTemplateSpec effective(ContainerJobSpec spec, Template template) {
        return template.spec() == null ? null : EffectiveTemplate.of(template.spec(), spec);
    }

    /** Of a template that cannot be shown. */
    private static void overrides(Description text, ContainerJobSpec spec) {
        text.begin("Overrides")
                .add("Command", ContainerDescription.list(spec.command()))
                .add("Args", ContainerDescription.list(spec.args()))
                .add("Working Dir", spec.workingDir());
        ContainerDescription.lines(text, "Environment", spec.env(), ContainerDescription::variable);
        var resources = spec.resources();
        text.add("Limits", resources == null ? null : ContainerDescription.amounts(resources.limits()))
                .add("Timeout", ContainerDescription.seconds(spec.timeoutSeconds()))
                .add("Retries", ContainerDescription.retries(spec.retry()))
                .add("TTL After Finished", ContainerDescription.seconds(spec.ttlSecondsAfterFinished()))
                .end();
    }

    private static String selector(HostSelector selector) {
        if (selector == null) {
            return null;
        }
        var wanted = Stream.concat(
                        selector.matchLabels().entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .sorted(),
                        selector.matchExpressions().stream().map(JobSpecDescription::expression))
                .collect(Collectors.joining(", "));
        return (wanted.isEmpty() ? "<any>" : wanted)
                + (selector.namespaces().isEmpty() ? "" : " in namespaces " + String.join(", ", selector.namespaces()));
    }

    private static String expression(LabelSelectorRequirement requirement) {
        var values = requirement.getValues();
        return requirement.getKey() + " " + requirement.getOperator()
                + (values == null || values.isEmpty() ? "" : " (" + String.join(", ", values) + ")");
    }
}
