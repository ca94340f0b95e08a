package dev.longshore.cli.output;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobAttempt;
import dev.longshore.client.JobQueue;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Instant;
import java.util.List;

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
        JobSpecDescription.add(description.text, job, template);
        if (job.getStatus() != null) {
            description.status(job.getStatus());
        }
        ObservedDescription.events(description.text, events, now);
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

    /** Null where the template could not be read. */
    private ContainerTemplateSpec effective() {
        return template == null ? job.getStatus().effective() : JobSpecDescription.effective(job.getSpec(), template);
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
        ObservedDescription.conditions(text, status.conditions(), now);
        if (!status.attempts().isEmpty()) {
            text.table("Attempts", attempts(status).table(status.attempts(), false, false));
        }
        LogDescription.kept(text, job, host, now);
        LogDescription.add(text, status.logs());
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
}
