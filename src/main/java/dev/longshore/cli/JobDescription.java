package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.EnvVar;
import dev.longshore.api.HostSelector;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobUsage;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that is known of a job, for people. */
final class JobDescription {
    private final ContainerJob job;
    private final Instant now;
    private final Description text = new Description();

    private JobDescription(ContainerJob job, Instant now) {
        this.job = job;
        this.now = now;
    }

    /** @param events null where they may not be read */
    static Description of(ContainerJob job, List<Event> events, Instant now) {
        var description = new JobDescription(job, now);
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
                .add("Labels", pairs(metadata.getLabels()))
                .add(
                        "Created",
                        metadata.getCreationTimestamp() + " (" + Ages.of(job, now) + " ago"
                                + (metadata.getDeletionTimestamp() == null ? ")" : "; being deleted)"));
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
                .add("Start Deadline", seconds(spec.startDeadlineSeconds()));
        var status = job.getStatus();
        if (status != null && status.effective() != null) {
            container("Container", status.effective());
        } else if (spec.template() != null) {
            container("Container", spec.template());
        }
        text.add("Command", spec.command().isEmpty() ? null : spec.command())
                .add("Args", spec.args().isEmpty() ? null : spec.args())
                .add("Environment", environment(spec.env()));
    }

    private void container(String head, ContainerTemplateSpec template) {
        text.begin(head)
                .add("Image", template.image())
                .add("Command", template.command().isEmpty() ? null : template.command())
                .add("Args", template.args().isEmpty() ? null : template.args())
                .add("Environment", environment(template.env()))
                .add(
                        "Limits",
                        template.resources() == null || template.resources().limits() == null
                                ? null
                                : "cpu " + template.resources().limits().cpu() + ", memory "
                                        + template.resources().limits().memory())
                .add("Timeout", seconds(template.timeoutSeconds()))
                .add("Retry", template.retry() == null ? null : template.retry().limit() + " times")
                .end();
    }

    private void status(ContainerJobStatus status) {
        text.add("Phase", Words.of(JobPhases.of(job)));
        if (status.reason() != null) {
            text.add("Reason", status.reason().word())
                    .add("Message", status.message())
                    .add("Meaning", Reasons.explain(status.reason()));
        }
        text.add("Attempt", status.attempt())
                .add("Container ID", status.containerID())
                .add("Container Name", status.containerName())
                .add("Image ID", status.imageID())
                .add("Started", status.startedAt())
                .add("Finished", status.finishedAt())
                .add("Duration", status.duration())
                .add("Exit Code", status.exitCode())
                .add("OOM Killed", Boolean.TRUE.equals(status.oomKilled()) ? true : null);
        usage(status.usage());
        if (!status.conditions().isEmpty()) {
            text.table("Conditions", conditions().table(status.conditions(), false, false));
        }
        if (!status.attempts().isEmpty()) {
            text.table("Attempts", attempts().table(status.attempts(), false, false));
        }
        if (status.logs() != null) {
            var cut = Boolean.TRUE.equals(status.logs().truncated()) ? " (the end of it)" : "";
            text.text("Standard Output" + cut, status.logs().stdout())
                    .text("Standard Error" + cut, status.logs().stderr());
        }
    }

    private void usage(JobUsage usage) {
        if (usage != null) {
            text.begin("Usage")
                    .add("Peak Memory", Words.bytes(usage.peakMemory()))
                    .add("CPU Time", usage.cpuTime())
                    .add("Network Received", Words.bytes(usage.networkReceived()))
                    .add("Network Sent", Words.bytes(usage.networkSent()))
                    .end();
        }
    }

    private void events(List<Event> events) {
        if (events == null) {
            text.add("Events", "not allowed to be read");
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

    private static Columns<JobAttempt> attempts() {
        return new Columns<JobAttempt>()
                .add("ATTEMPT", attempt -> String.valueOf(attempt.attempt()))
                .add("CONTAINER", attempt -> Words.shortId(attempt.containerID()))
                .add(
                        "EXIT",
                        attempt -> attempt.exitCode() == null
                                ? ""
                                : attempt.exitCode().toString())
                .add(
                        "REASON",
                        attempt ->
                                attempt.reason() == null ? "" : attempt.reason().word())
                .add("STARTED", JobAttempt::startedAt)
                .add("FINISHED", JobAttempt::finishedAt);
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
        var labels = selector.matchLabels().isEmpty() ? "any label" : pairs(selector.matchLabels());
        return labels
                + (selector.matchExpressions().isEmpty() ? "" : ", and expressions")
                + (selector.namespaces().isEmpty() ? "" : ", in " + String.join(", ", selector.namespaces()));
    }

    /** Values from Secrets are not known here, and the names say enough of the others that are long. */
    private static String environment(List<EnvVar> env) {
        return env.stream()
                .map(variable -> variable.valueFrom() == null
                        ? variable.name() + "=" + variable.value()
                        : variable.name() + " (from a " + source(variable) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String source(EnvVar variable) {
        return variable.valueFrom().secretKeyRef() == null ? "ConfigMap" : "Secret";
    }

    private static String pairs(Map<String, String> labels) {
        return labels == null
                ? null
                : labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static String seconds(Integer seconds) {
        return seconds == null ? null : seconds + "s";
    }
}
