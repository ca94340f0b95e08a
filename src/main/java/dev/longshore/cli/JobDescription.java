package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.EnvVar;
import dev.longshore.api.HostSelector;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobUsage;
import dev.longshore.api.Resources;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        if (job.getStatus() != null && job.getStatus().effective() != null) {
            container("Container", job.getStatus().effective());
            return;
        }
        if (spec.template() != null) {
            container("Container", spec.template());
        }
        text.add("Command", list(spec.command()))
                .add("Args", list(spec.args()))
                .add("Environment", environment(spec.env()));
    }

    private void container(String head, ContainerTemplateSpec template) {
        text.begin(head)
                .add("Image", template.image())
                .add("Command", list(template.command()))
                .add("Args", list(template.args()))
                .add("Environment", environment(template.env()))
                .add("Limits", limits(template.resources()))
                .add("Timeout", seconds(template.timeoutSeconds()))
                .add(
                        "Retries",
                        template.retry() == null ? null : template.retry().limit())
                .end();
    }

    private void status(ContainerJobStatus status) {
        text.add("Phase", JobPhases.of(job).toString());
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

    private static String list(List<String> words) {
        return words.isEmpty() ? null : words.toString();
    }

    private static String limits(Resources resources) {
        if (resources == null || resources.limits() == null) {
            return null;
        }
        var limits = resources.limits();
        return Stream.of(
                        limits.cpu() == null ? null : "cpu " + limits.cpu(),
                        limits.memory() == null ? null : "memory " + limits.memory())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
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

    /** Of a Secret only that it is one: its values are not looked up. */
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
