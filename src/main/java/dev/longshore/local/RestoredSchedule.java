package dev.longshore.local;

import dev.longshore.api.ActiveJob;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerCronJobStatusBuilder;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.StatusFormat;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobPhases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A schedule and its jobs as they are stored, and as they are after that. Their specs come from the manifests. */
final class RestoredSchedule {
    private RestoredSchedule() {}

    /** Gives a schedule the status that was stored, and returns its jobs. */
    static List<ContainerJob> of(ContainerCronJob schedule, ScheduleState.Stored stored) {
        var jobs = stored.jobs().stream().map(job -> job(schedule, job)).toList();
        var active = jobs.stream()
                .filter(job -> !JobPhases.finished(job))
                .map(job -> new ActiveJob(
                        job.getMetadata().getName(), job.getMetadata().getUid()))
                .toList();
        schedule.setStatus(ContainerCronJobStatusBuilder.builder()
                .active(active)
                .lastScheduleTime(stored.lastScheduleTime())
                .lastSuccessfulTime(stored.lastSuccessfulTime())
                .observedSchedule(stored.observedSchedule())
                .observedGeneration(schedule.getMetadata().getGeneration())
                .build());
        return jobs;
    }

    private static ContainerJob job(ContainerCronJob schedule, ScheduleState.StoredJob stored) {
        var job = ScheduledJobs.at(schedule, Instant.EPOCH);
        var metadata = job.getMetadata();
        metadata.setName(stored.name());
        metadata.setUid(stored.uid());
        metadata.setGeneration(1L);
        metadata.setCreationTimestamp(stored.createdAt());
        metadata.setFinalizers(new ArrayList<>());
        metadata.getAnnotations().remove(ScheduledJobs.SCHEDULED_AT);
        ScheduledJobs.time(job, schedule)
                .ifPresent(time -> metadata.getAnnotations().put(ScheduledJobs.SCHEDULED_AT, StatusFormat.time(time)));
        if (stored.cancel()) {
            job.setSpec(
                    ContainerJobSpecBuilder.builder(job.getSpec()).cancel(true).build());
        }
        job.setStatus(stored.status());
        return job;
    }

    static ScheduleState.Stored toBeStored(ContainerCronJob schedule, List<ContainerJob> jobs) {
        var status = schedule.getStatus() == null
                ? ContainerCronJobStatusBuilder.builder().build()
                : schedule.getStatus();
        return new ScheduleState.Stored(
                status.observedSchedule(),
                status.lastScheduleTime(),
                status.lastSuccessfulTime(),
                jobs.stream()
                        .map(job -> new ScheduleState.StoredJob(
                                job.getMetadata().getName(),
                                job.getMetadata().getUid(),
                                job.getMetadata().getCreationTimestamp(),
                                job.getSpec().cancel(),
                                job.getStatus()))
                        .toList());
    }

    static ContainerCronJob with(ContainerCronJob schedule, ContainerCronJobStatus status) {
        var written = new ContainerCronJob();
        written.setMetadata(schedule.getMetadata());
        written.setSpec(schedule.getSpec());
        written.setStatus(status);
        return written;
    }

    /** Whether a job has come further, and not only has another reason to wait. */
    static boolean differ(ContainerJobStatus before, ContainerJobStatus after) {
        return before == null
                || before.phase() != after.phase()
                || !Objects.equals(before.attempt(), after.attempt())
                || !Objects.equals(before.containerID(), after.containerID())
                || JobPhases.finished(after.phase()) && !before.equals(after);
    }
}
