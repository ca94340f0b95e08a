package dev.longshore.cli.output;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.HostSelector;
import dev.longshore.api.JobAttempt;
import dev.longshore.client.JobQueue;
import dev.longshore.job.JobPhases;
import dev.longshore.job.config.EffectiveTemplate;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that is known of a job, for people. */
public final class JobDescription {
    private final ContainerJob job;
    private final Template template;
    private final DockerHost host;
    private final JobQueue queue;
    private final Instant now;
    private final Description text = new Description();

    /**
     * What a job that has not been attempted would be made from.
     *
     * @param spec null where it could not be read
     * @param problem why; null where it could
     */
    public record Template(ContainerTemplateSpec spec, String problem) {}

    private JobDescription(ContainerJob job, Template template, DockerHost host, JobQueue queue, Instant now) {
        this.job = job;
        this.template = template;
        this.host = host;
        this.queue = queue;
        this.now = now;
    }

    /**
     * @param template of the job; null where its status has what became of it
     * @param host of the job; null where it is not needed or could not be read
     * @param queue in which the job waits, or null
     * @param events null where they may not be read
     */
    public static Description of(
            ContainerJob job, Template template, DockerHost host, JobQueue queue, List<Event> events, Instant now) {
        var description = new JobDescription(job, template, host, queue, now);
        description.metadata();
        description.spec();
        if (job.getStatus() != null) {
            description.status(job.getStatus());
        }
        description.events(events);
        return description.text;
    }

    private void metadata() {
        var metadata = job.getMetadata();
        text.add("Name", metadata.getName())
                .add("Namespace", metadata.getNamespace())
                .add("Labels", ContainerDescription.pairs(metadata.getLabels()))
                .add(
                        "Created",
                        metadata.getCreationTimestamp() + " (" + Ages.of(job, now) + " ago"
                                + (metadata.getDeletionTimestamp() == null ? ")" : "; being deleted)"))
                .add("Operator", Unobserved.is(job, now) ? Unobserved.message(job, now) : null);
    }

    private void spec() {
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
            overrides();
        } else {
            ContainerDescription.add(
                    text, spec.template() == null ? "Container (from the current template)" : "Container", effective());
        }
    }

    /** Null where the template could not be read. */
    private ContainerTemplateSpec effective() {
        if (template == null) {
            return job.getStatus().effective();
        }
        return template.spec() == null ? null : EffectiveTemplate.of(template.spec(), job.getSpec());
    }

    /** Of a template that cannot be shown. */
    private void overrides() {
        var spec = job.getSpec();
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

    private void status(ContainerJobStatus status) {
        text.add("Phase", JobPhases.of(job).toString());
        if (status.reason() != null) {
            text.add("Reason", status.reason().value())
                    .add("Message", status.message())
                    .add("Meaning", Reasons.explain(status.reason()));
        }
        QueueDescription.add(text, queue, effective(), now);
        text.add("Attempt", status.attempt())
                .add("Container ID", status.containerID())
                .add("Container Name", status.containerName())
                .add("GPU IDs", String.join(", ", status.gpus()))
                .add("Image ID", status.imageID())
                .add("Image Digest", status.imageDigest())
                .add("Started", status.startedAt())
                .add("Finished", status.finishedAt())
                .add("Duration", status.duration())
                .add("Exit Code", status.exitCode())
                .add("OOM Killed", Boolean.TRUE.equals(status.oomKilled()) ? true : null);
        ResultDescription.add(text, status.results(), status.usage());
        if (!status.conditions().isEmpty()) {
            text.table("Conditions", conditions().table(status.conditions(), false, false));
        }
        if (!status.attempts().isEmpty()) {
            text.table("Attempts", attempts(status).table(status.attempts(), false, false));
        }
        LogDescription.kept(text, job, host, now);
        LogDescription.add(text, status.logs());
    }

    private void events(List<Event> events) {
        if (events == null) {
            text.add("Events", "<no permission to list Events>");
        } else if (events.isEmpty()) {
            text.add("Events", "<none>");
        } else {
            text.table("Events", eventColumns().table(sorted(events), false, false));
        }
    }

    private static List<Event> sorted(List<Event> events) {
        return events.stream()
                .sorted(Comparator.comparing(JobDescription::time))
                .toList();
    }

    private static String time(Event event) {
        return event.getEventTime() == null
                ? event.getMetadata().getCreationTimestamp()
                : event.getEventTime().getTime();
    }

    private Columns<Condition> conditions() {
        return new Columns<Condition>()
                .add("TYPE", Condition::getType)
                .add("STATUS", Condition::getStatus)
                .add("REASON", Condition::getReason)
                .add("SINCE", condition -> Ages.since(condition.getLastTransitionTime(), now));
    }

    private static Columns<JobAttempt> attempts(ContainerJobStatus status) {
        var columns = new Columns<JobAttempt>()
                .add("ATTEMPT", attempt -> String.valueOf(attempt.attempt()))
                .add("CONTAINER", attempt -> StatusText.shortId(attempt.containerID()))
                .add(
                        "EXIT",
                        attempt -> attempt.exitCode() == null
                                ? ""
                                : attempt.exitCode().toString())
                .add(
                        "REASON",
                        attempt ->
                                attempt.reason() == null ? "" : attempt.reason().value())
                .add("STARTED", JobAttempt::startedAt)
                .add("FINISHED", JobAttempt::finishedAt);
        return status.attempts().stream().anyMatch(attempt -> attempt.logArchive() != null)
                ? columns.add("LOG ARCHIVE", JobAttempt::logArchive)
                : columns;
    }

    private Columns<Event> eventColumns() {
        return new Columns<Event>()
                .add("TYPE", Event::getType)
                .add("REASON", Event::getReason)
                .add("AGE", event -> Ages.since(time(event), now))
                .add("FROM", Event::getReportingController)
                .add("MESSAGE", Event::getNote);
    }

    private static String selector(HostSelector selector) {
        if (selector == null) {
            return null;
        }
        var wanted = Stream.concat(
                        selector.matchLabels().entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .sorted(),
                        selector.matchExpressions().stream().map(JobDescription::expression))
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
