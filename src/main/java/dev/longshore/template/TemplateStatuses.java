package dev.longshore.template;

import dev.longshore.api.ConditionList;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.ContainerTemplateStatus;
import dev.longshore.api.JobPhase;
import dev.longshore.api.StatusFormat;
import dev.longshore.api.TemplateJobs;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Builds the status of a ContainerTemplate. */
final class TemplateStatuses {
    private static final String READY = "Ready";

    private TemplateStatuses() {}

    static ContainerTemplateStatus of(
            ContainerTemplate template,
            Optional<TemplateReadiness.NotReady> notReady,
            List<ContainerJob> jobs,
            Instant now) {
        var before = template.getStatus() == null
                ? List.<Condition>of()
                : template.getStatus().conditions();
        var generation = template.getMetadata().getGeneration();
        var existing = jobs.stream().filter(job -> !job.isMarkedForDeletion()).toList();
        return new ContainerTemplateStatus(
                new ConditionList(before, generation, now)
                        .add(
                                READY,
                                notReady.isEmpty(),
                                notReady.map(TemplateReadiness.NotReady::reason).orElse(READY),
                                notReady.map(TemplateReadiness.NotReady::message)
                                        .orElse("ready for jobs"))
                        .toList(),
                counts(existing),
                averageDuration(existing),
                lastFinishedAt(existing),
                generation);
    }

    private static TemplateJobs counts(List<ContainerJob> jobs) {
        var completed = count(jobs, JobPhase.COMPLETED);
        var failed = count(jobs, JobPhase.FAILED);
        var canceled = count(jobs, JobPhase.CANCELLED);
        return new TemplateJobs(jobs.size(), jobs.size() - completed - failed - canceled, completed, failed, canceled);
    }

    private static int count(List<ContainerJob> jobs, JobPhase phase) {
        return (int) jobs.stream().filter(job -> isIn(job, phase)).count();
    }

    private static boolean isIn(ContainerJob job, JobPhase phase) {
        return job.getStatus() != null && job.getStatus().phase() == phase;
    }

    private static String averageDuration(List<ContainerJob> jobs) {
        var average = jobs.stream()
                .filter(job -> isIn(job, JobPhase.COMPLETED)
                        && job.getStatus().startedAt() != null
                        && job.getStatus().finishedAt() != null)
                .mapToLong(job -> Duration.between(
                                Instant.parse(job.getStatus().startedAt()),
                                Instant.parse(job.getStatus().finishedAt()))
                        .toMillis())
                .average();
        return average.isEmpty() ? null : StatusFormat.duration(Duration.ofMillis(Math.round(average.getAsDouble())));
    }

    /** By our clock: that of the daemons may be another. */
    private static String lastFinishedAt(List<ContainerJob> jobs) {
        return jobs.stream()
                .filter(job -> job.getStatus() != null)
                .flatMap(job -> job.getStatus().conditions().stream())
                .filter(condition -> condition.getType().equals("Finished")
                        && condition.getStatus().equals("True"))
                .map(Condition::getLastTransitionTime)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
