package dev.longshore.cron.engine;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobPhases;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The finished jobs that a schedule keeps. */
final class History {
    /** Those that were created together by name, of which the time is a part. */
    private static final Comparator<ContainerJob> OLDEST_LAST = Comparator.<ContainerJob, String>comparing(
                    job -> job.getMetadata().getCreationTimestamp())
            .thenComparing(job -> job.getMetadata().getName())
            .reversed();

    private History() {}

    /** Some that are beyond its limits, and may go: what is unconfirmed is not settled yet. */
    static List<ContainerJob> beyond(ContainerCronJob cron, List<ContainerJob> jobs) {
        var spec = cron.getSpec();
        return Stream.concat(
                        beyond(jobs, true, spec.successfulJobsHistoryLimit()),
                        beyond(jobs, false, spec.failedJobsHistoryLimit()))
                .filter(job -> !job.isMarkedForDeletion())
                .limit(CronPlanner.AT_ONCE)
                .toList();
    }

    private static Stream<ContainerJob> beyond(List<ContainerJob> jobs, boolean successful, int limit) {
        return jobs.stream()
                .filter(job -> JobPhases.finished(job)
                        && (JobPhases.of(job) == JobPhase.COMPLETED) == successful
                        && !ScheduledJobs.isUnconfirmed(job))
                .sorted(OLDEST_LAST)
                .skip(limit);
    }
}
