package dev.longshore.cli.output;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerJob;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Everything that is known of a schedule, for people. */
public final class CronJobDescription {
    private static final int TIMES = 3;
    /** The newest ones: of a schedule there may be as many as the limits of its history allow. */
    private static final int MOST_JOBS = 10;

    private CronJobDescription() {}

    /** What its jobs would be at this moment; nothing was created. */
    public static ContainerJob job(ContainerCronJob cron) {
        return ScheduledJobs.manual(cron, "");
    }

    /**
     * @param template of its jobs
     * @param jobs its jobs; null where they may not be read
     * @param events null where they may not be read
     */
    public static Description of(
            ContainerCronJob cron,
            JobDescription.Template template,
            List<ContainerJob> jobs,
            List<Event> events,
            Instant now) {
        var text = new Description();
        var metadata = cron.getMetadata();
        text.add("Name", metadata.getName())
                .add("Namespace", metadata.getNamespace())
                .add("Labels", ContainerDescription.pairs(metadata.getLabels()))
                .add(
                        "Created",
                        metadata.getCreationTimestamp() + " (" + Ages.of(cron, now) + " ago"
                                + (metadata.getDeletionTimestamp() == null ? ")" : "; being deleted)"));
        spec(text, cron, now);
        text.begin("Job Template");
        var own = cron.getSpec().jobTemplate().metadata();
        if (own != null) {
            text.add("Labels", ContainerDescription.pairs(own.labels()))
                    .add("Annotations", ContainerDescription.pairs(own.annotations()));
        }
        JobSpecDescription.add(text, job(cron), template);
        text.end();
        if (cron.getStatus() != null) {
            status(text, cron.getStatus(), now);
        }
        jobs(text, jobs, now);
        ObservedDescription.events(text, events, now);
        return text;
    }

    private static void spec(Description text, ContainerCronJob cron, Instant now) {
        var spec = cron.getSpec();
        text.add("Schedule", spec.schedule())
                .add("Time Zone", spec.timeZone())
                .add("Suspend", spec.suspend())
                .add("Concurrency Policy", ResourcePrinter.value(spec.concurrencyPolicy()))
                .add("Starting Deadline", ContainerDescription.seconds(spec.startingDeadlineSeconds()))
                .add("Successful Jobs History Limit", spec.successfulJobsHistoryLimit())
                .add("Failed Jobs History Limit", spec.failedJobsHistoryLimit())
                .add("Next Times", String.join(", ", NextTimes.cells(cron, now, TIMES)));
    }

    private static void status(Description text, ContainerCronJobStatus status, Instant now) {
        text.add("Last Schedule Time", Ages.withAge(status.lastScheduleTime(), now))
                .add("Last Successful Time", Ages.withAge(status.lastSuccessfulTime(), now))
                .add("Active", active(status));
        ObservedDescription.conditions(text, status.conditions(), now);
    }

    private static String active(ContainerCronJobStatus status) {
        return status.active().isEmpty()
                ? "<none>"
                : String.join(
                        ", ", status.active().stream().map(job -> job.name()).toList());
    }

    private static void jobs(Description text, List<ContainerJob> jobs, Instant now) {
        if (jobs == null) {
            text.add("Jobs", "<no permission to list ContainerJobs>");
            return;
        }
        if (jobs.isEmpty()) {
            text.add("Jobs", "<none>");
            return;
        }
        var newest = jobs.stream()
                .sorted(Comparator.<ContainerJob, String>comparing(
                                job -> job.getMetadata().getCreationTimestamp())
                        .reversed())
                .limit(MOST_JOBS)
                .toList();
        var columns = new Columns<ContainerJob>()
                .add("NAME", job -> job.getMetadata().getName())
                .add("PHASE", job -> JobPhases.of(job).toString())
                .add(
                        "REASON",
                        job -> job.getStatus() == null || job.getStatus().reason() == null
                                ? ""
                                : job.getStatus().reason().value())
                .add(
                        "DURATION",
                        job -> job.getStatus() == null ? "" : job.getStatus().duration())
                .add("AGE", job -> Ages.of(job, now));
        text.table(
                newest.size() < jobs.size() ? "Jobs (the newest " + MOST_JOBS + " of " + jobs.size() + ")" : "Jobs",
                columns.table(newest, false, false));
    }
}
