package dev.longshore.local;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.EventSink;
import dev.longshore.api.JobTemplate;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.cron.engine.ClockWatch;
import dev.longshore.cron.engine.CronEngine;
import dev.longshore.cron.engine.CronReports;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The schedules of a run: the front end of the {@link CronEngine}. All on the thread of the run. */
final class LocalSchedules {
    /** Should a timer ever be late. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** How long an unreachable host may delay the deletion of a job: as long as the operator's, by default. */
    static final Duration RELEASE_AFTER = Duration.ofMinutes(10);

    private static final CronReports.Meter UNMEASURED = new CronReports.Meter() {
        @Override
        public void missed(CronKey schedule, long times) {}

        @Override
        public void forget(CronKey schedule) {}
    };

    private final ScheduleFile file;
    private final ScheduleReports reports;
    private final RunThread thread;
    private final Jobs run;
    private final ScheduleStore store;
    private final CronEngine engine;
    private final ClockWatch clockWatch = new ClockWatch(Moment::now, this::reconcileAll);
    private boolean stopped;

    /** What the run does with jobs. */
    interface Jobs {
        void enqueue(JobKey job);

        /** A job is no longer in the store. */
        void deleted(ContainerJob job);

        /** The run cannot go on. */
        void failed(RuntimeException failure);
    }

    LocalSchedules(List<ContainerCronJob> schedules, RunSchedules with, RunThread thread, Jobs run) {
        this.file = with.file();
        this.reports = with.reports();
        this.thread = thread;
        this.run = run;
        this.store = new ScheduleStore(schedules, file, reports, new Changed());
        this.engine = new CronEngine(Moment::now, new CronReports(this::reported, UNMEASURED), () -> !stopped);
    }

    private void reported(HasMetadata schedule, EventSink.Type type, String reason, String message) {
        reports.reported((ContainerCronJob) schedule, message);
    }

    /** Later, since whoever has a reason may be a reconciliation itself. */
    private final class Changed implements ScheduleStore.Listener {
        @Override
        public void enqueue(JobKey job) {
            run.enqueue(job);
        }

        @Override
        public void enqueue(String schedule) {
            thread.execute(() -> reconcile(schedule));
        }

        @Override
        public void deleted(ContainerJob job) {
            reports.deleted(job);
            thread.execute(() -> run.deleted(job));
        }
    }

    String instance() {
        return file.initial().instance();
    }

    LocalStore.Changes changes() {
        return store;
    }

    /** A job for each schedule, like those that it creates. */
    List<ContainerJob> samples() {
        return store.schedules().stream()
                .map(schedule -> ScheduledJobs.at(schedule, Instant.EPOCH))
                .toList();
    }

    /** Hosts that jobs of an earlier process are bound to. */
    Set<HostKey> bound() {
        return file.initial().schedules().values().stream()
                .flatMap(schedule -> schedule.jobs().stream())
                .filter(job -> job.status() != null && job.status().host() != null)
                .map(job -> HostKey.of(job.status().host()))
                .collect(Collectors.toSet());
    }

    /**
     * Takes what the file knows of the schedules, and their jobs. To be called before the thread of the run does anything.
     *
     * @param samples as they were changed: so are all jobs
     * @param hosts those of the run
     */
    void restore(List<ContainerJob> samples, LocalStore jobs, Set<HostKey> hosts) {
        store.keepJobsIn(jobs);
        samples.forEach(sample -> takeTemplate(store.schedule(ScheduleStore.owner(sample)), sample));
        store.schedules().forEach(schedule -> {
            var stored = file.initial().schedules().get(CronKey.of(schedule).toString());
            if (stored != null) {
                RestoredSchedule.of(schedule, stored).stream()
                        .filter(job -> isOnOneOf(hosts, job))
                        .forEach(store::add);
            }
        });
    }

    private static void takeTemplate(ContainerCronJob schedule, ContainerJob sample) {
        var spec = schedule.getSpec();
        schedule.setSpec(ContainerCronJobSpecBuilder.builder(spec)
                .jobTemplate(new JobTemplate(spec.jobTemplate().metadata(), sample.getSpec()))
                .build());
    }

    private boolean isOnOneOf(Set<HostKey> hosts, ContainerJob job) {
        var isKnown = !JobPhases.bound(job)
                || JobPhases.finished(job)
                || HostKey.of(job).filter(hosts::contains).isPresent();
        if (!isKnown) {
            reports.warned("ContainerJob " + job.getMetadata().getName()
                    + " started on a DockerHost that is no longer in the manifests, and is forgotten: container "
                    + job.getStatus().containerName() + " may still exist");
        }
        return isKnown;
    }

    void start() {
        reconcileAll();
        clockWatch.start((wait, task) -> thread.executeAfter(clockWatch, wait, task), () -> !stopped);
    }

    /** From now on no job is created. */
    void stop() {
        stopped = true;
        store.discardUnconfirmed();
    }

    boolean isStopped() {
        return stopped;
    }

    private void reconcileAll() {
        store.schedules().forEach(schedule -> {
            var uid = schedule.getMetadata().getUid();
            thread.execute(() -> reconcile(uid));
        });
    }

    private void reconcile(String uid) {
        if (stopped) {
            return;
        }
        thread.cancel(uid);
        try {
            engine.reconcile(store.schedule(uid), store.jobsOf(uid), store)
                    .map(wait -> wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT)
                    .ifPresent(wait -> thread.executeAfter(uid, wait, () -> reconcile(uid)));
        } catch (RuntimeException e) {
            run.failed(e);
        }
    }
}
