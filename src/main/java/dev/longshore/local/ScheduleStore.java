package dev.longshore.local;

import dev.longshore.api.ActiveJob;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.StatusFormat;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.CronStore;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The schedules of a run and their jobs, and what of them is in the state file before anything follows from it: that a schedule
 * has confirmed a job for its time, and then the job's container. All on the thread of the run.
 */
final class ScheduleStore implements CronStore, LocalStore.Changes {
    private final Map<String, ContainerCronJob> schedules = new LinkedHashMap<>();
    /** By the UID of the schedule. */
    private final Map<String, Set<JobKey>> children = new HashMap<>();

    private final ScheduleFile file;
    private final ScheduleReports reports;
    private final Listener listener;
    private LocalStore jobs;
    private boolean fileFails;

    /** Enqueues what is to be reconciled. */
    interface Listener {
        void enqueue(JobKey job);

        /** The schedule of this UID: one of its jobs has finished, or is gone. */
        void enqueue(String schedule);

        /** A job is no longer there, and what it has on a host is to go. */
        void deleted(ContainerJob job);
    }

    ScheduleStore(List<ContainerCronJob> schedules, ScheduleFile file, ScheduleReports reports, Listener listener) {
        schedules.forEach(one -> {
            this.schedules.put(one.getMetadata().getUid(), one);
            children.put(one.getMetadata().getUid(), new LinkedHashSet<>());
        });
        this.file = file;
        this.reports = reports;
        this.listener = listener;
    }

    /** Where jobs are kept. To be called before anything else. */
    void keepJobsIn(LocalStore store) {
        jobs = store;
    }

    Collection<ContainerCronJob> schedules() {
        return schedules.values();
    }

    ContainerCronJob schedule(String uid) {
        return schedules.get(uid);
    }

    /** The jobs of the schedule of this UID. */
    List<ContainerJob> jobsOf(String uid) {
        return children.get(uid).stream()
                .flatMap(key -> jobs.read(key).stream())
                .toList();
    }

    /** A job of a schedule that is there. */
    void add(ContainerJob job) {
        jobs.put(job);
        children.get(owner(job)).add(JobKey.of(job));
    }

    /** From now on no job is created, and those that are not confirmed never will be. */
    void discardUnconfirmed() {
        jobs.all().stream().filter(ScheduledJobs::isUnconfirmed).toList().forEach(this::delete);
    }

    @Override
    public Optional<ContainerCronJob> read(CronKey key) {
        return Optional.ofNullable(schedules.get(key.uid()));
    }

    @Override
    public Optional<ContainerJob> readJob(String namespace, String name) {
        return jobs.keys().stream()
                .filter(key -> key.namespace().equals(namespace) && key.name().equals(name))
                .findFirst()
                .flatMap(jobs::read);
    }

    @Override
    public Optional<ContainerJob> create(ContainerJob job) {
        var metadata = job.getMetadata();
        if (readJob(metadata.getNamespace(), metadata.getName()).isPresent()) {
            return Optional.empty();
        }
        metadata.setUid(UUID.randomUUID().toString());
        metadata.setGeneration(1L);
        metadata.setCreationTimestamp(StatusFormat.time(Moment.now().time()));
        add(job);
        return Optional.of(job);
    }

    /** The UID of the schedule that a job is of; there may be no such schedule. */
    static String owner(ContainerJob job) {
        return ScheduledJobs.owner(job).map(owner -> owner.getUid()).orElse("");
    }

    @Override
    public ContainerCronJob writeStatus(ContainerCronJob schedule, ContainerCronJobStatus status) {
        var written = RestoredSchedule.with(schedule, status);
        var uid = schedule.getMetadata().getUid();
        var before = schedules.put(uid, written);
        try {
            store();
        } catch (JobStore.Conflict e) {
            schedules.put(uid, before);
            throw e;
        }
        return written;
    }

    @Override
    public void cancel(ContainerJob job) {
        jobs.read(JobKey.of(job)).ifPresent(known -> {
            known.setSpec(ContainerJobSpecBuilder.builder(known.getSpec())
                    .cancel(true)
                    .build());
            listener.enqueue(JobKey.of(known));
        });
    }

    @Override
    public void confirm(ContainerJob job) {
        jobs.read(JobKey.of(job)).ifPresent(known -> {
            var confirmed = new ContainerJob();
            confirmed.setMetadata(new ObjectMetaBuilder(known.getMetadata())
                    .removeFromFinalizers(JobStore.UNCONFIRMED)
                    .build());
            confirmed.setSpec(known.getSpec());
            confirmed.setStatus(known.getStatus());
            jobs.put(confirmed);
            listener.enqueue(JobKey.of(confirmed));
        });
    }

    @Override
    public void delete(ContainerJob job) {
        jobs.delete(job);
    }

    @Override
    public boolean deletes(ContainerJob job) {
        var ours = children.get(owner(job));
        if (ours == null || !ours.remove(JobKey.of(job))) {
            return false;
        }
        reports.deleted(job);
        listener.deleted(job);
        listener.enqueue(owner(job));
        return true;
    }

    @Override
    public void changing(ContainerJob before, ContainerJob after) {
        var ours = children.get(owner(after));
        if (ours == null || !ours.contains(JobKey.of(after))) {
            return;
        }
        if (RestoredSchedule.differ(before.getStatus(), after.getStatus())) {
            store();
        }
        if (JobPhases.finished(after)) {
            listener.enqueue(owner(after));
        }
    }

    /** @throws JobStore.Conflict if it cannot be stored for now: the engines try again, and start nothing before */
    private void store() {
        var state = schedules.values().stream()
                .collect(Collectors.toMap(one -> CronKey.of(one).toString(), this::stored));
        try {
            file.write(new ScheduleState(file.initial().instance(), state));
            fileFails = false;
        } catch (IOException e) {
            if (!fileFails) {
                reports.warned("failed to write state file " + file + ": " + ScheduleFile.reason(e)
                        + "; no job is started until it can be written");
            }
            fileFails = true;
            throw new JobStore.Conflict("the state file cannot be written");
        }
    }

    /** Jobs that are not confirmed have not started, unless the very state that is to be stored confirms them. */
    private ScheduleState.Stored stored(ContainerCronJob schedule) {
        var recorded = schedule.getStatus() == null
                ? Set.<String>of()
                : schedule.getStatus().active().stream()
                        .map(ActiveJob::uid)
                        .collect(Collectors.toCollection(HashSet::new));
        var confirmed = jobsOf(schedule.getMetadata().getUid()).stream()
                .filter(job -> !ScheduledJobs.isUnconfirmed(job)
                        || recorded.contains(job.getMetadata().getUid()))
                .toList();
        return RestoredSchedule.toBeStored(schedule, confirmed);
    }
}
