package dev.longshore.cron.engine;

import dev.longshore.api.ActiveJob;
import dev.longshore.api.ConcurrencyPolicy;
import dev.longshore.api.ConditionList;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerCronJobStatusBuilder;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.api.ScheduleJobs;
import dev.longshore.api.StatusFormat;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds the status of a ContainerCronJob. */
final class CronStatuses {
    static final String SUSPENDED = "Suspended";
    private static final String READY = "Ready";
    private static final String STALLED = "Stalled";
    private static final String SCHEDULED = "Scheduled";

    /** More than there are, unless someone triggers them by hand without end. */
    private static final int MOST_ACTIVE = 1000;

    /** All times are done while no schedule is in effect. */
    static final Instant NONE_IN_EFFECT = Instant.MAX;

    private CronStatuses() {}

    /** Of one whose schedule is valid: each job that stands for its time is recorded with that time. */
    static ContainerCronJobStatus of(ContainerCronJob cron, List<ContainerJob> jobs, Timetable timetable, Instant now) {
        var suspended = cron.getSpec().suspend();
        var next = suspended ? Optional.<Instant>empty() : timetable.next(now);
        var conditions = conditions(cron, now)
                .add(
                        READY,
                        true,
                        suspended ? SUSPENDED : SCHEDULED,
                        suspended ? "suspended (spec.suspend: true)" : "schedule is in effect")
                .toList();
        return common(cron, jobs, timetable.done())
                .nextScheduleTime(next.map(StatusFormat::time).orElse(null))
                .observedSchedule(timetable.observed())
                .conditions(conditions)
                .build();
    }

    /** Of one whose schedule is not. */
    static ContainerCronJobStatus invalid(
            ContainerCronJob cron, List<ContainerJob> jobs, String reason, String message, Instant now) {
        return common(cron, jobs, NONE_IN_EFFECT)
                .nextScheduleTime(null)
                // Whichever comes next is in effect from then on.
                .observedSchedule(null)
                .conditions(conditions(cron, now)
                        .add(READY, false, reason, message)
                        .add(STALLED, true, reason, message)
                        .toList())
                .build();
    }

    private static ConditionList conditions(ContainerCronJob cron, Instant now) {
        var before = cron.getStatus() == null
                ? List.<Condition>of()
                : cron.getStatus().conditions();
        return new ConditionList(before, cron.getMetadata().getGeneration(), now);
    }

    private static ContainerCronJobStatusBuilder common(ContainerCronJob cron, List<ContainerJob> jobs, Instant done) {
        var before = cron.getStatus() == null
                ? ContainerCronJobStatusBuilder.builder().build()
                : cron.getStatus();
        var active = active(cron, jobs, done);
        return ContainerCronJobStatusBuilder.builder(before)
                .active(active)
                .jobs(new ScheduleJobs(active.size()))
                .lastScheduleTime(
                        lastScheduled(jobs, cron, done).map(StatusFormat::time).orElse(before.lastScheduleTime()))
                .lastSuccessfulTime(lastSuccessful(jobs, before.lastSuccessfulTime()))
                .observedGeneration(cron.getMetadata().getGeneration());
    }

    /** Whether a job waits to be recorded: its time is not done. */
    static boolean isUnrecorded(ContainerJob job, ContainerCronJob cron, Instant done) {
        return ScheduledJobs.time(job, cron).filter(time -> time.isAfter(done)).isPresent();
    }

    /** Whether it stands in the status, which proves that it is the one for its time. */
    static boolean isRecorded(ContainerJob job, ContainerCronJob cron) {
        return cron.getStatus() != null
                && cron.getStatus().active().stream()
                        .anyMatch(active -> job.getMetadata().getUid().equals(active.uid()));
    }

    private static Optional<Instant> lastScheduled(List<ContainerJob> jobs, ContainerCronJob cron, Instant done) {
        return jobs.stream()
                .filter(job -> isUnrecorded(job, cron, done))
                .flatMap(job -> ScheduledJobs.time(job, cron).stream())
                .max(Comparator.naturalOrder());
    }

    private static List<ActiveJob> active(ContainerCronJob cron, List<ContainerJob> jobs, Instant done) {
        var last = lastScheduled(jobs, cron, done);
        return jobs.stream()
                .filter(job -> ScheduledJobs.isUnconfirmed(job)
                        // What is neither never starts.
                        ? isRecorded(job, cron) || mayBeRecorded(job, cron, jobs, last)
                        : !JobPhases.finished(job))
                .sorted(Comparator.comparing((ContainerJob job) -> !ScheduledJobs.isUnconfirmed(job))
                        .thenComparing(job -> job.getMetadata().getName()))
                .limit(MOST_ACTIVE)
                .map(job -> new ActiveJob(
                        job.getMetadata().getName(), job.getMetadata().getUid()))
                .sorted(Comparator.comparing(ActiveJob::name))
                .toList();
    }

    /**
     * Of jobs that wait to be recorded the newest only: what another process created and left, or creates late, is not made up for as
     * well. What was right when it was created need not be now: under Forbid none is recorded beside another.
     */
    private static boolean mayBeRecorded(
            ContainerJob job, ContainerCronJob cron, List<ContainerJob> jobs, Optional<Instant> last) {
        return last.isPresent()
                && ScheduledJobs.time(job, cron).equals(last)
                && (cron.getSpec().concurrencyPolicy() != ConcurrencyPolicy.FORBID
                        || jobs.stream().noneMatch(other -> other != job && mayRun(other, cron)));
    }

    /** Whether it is one for a scheduled time that has started, or may, and is not finished. */
    private static boolean mayRun(ContainerJob job, ContainerCronJob cron) {
        return !JobPhases.finished(job)
                && ScheduledJobs.time(job, cron).isPresent()
                && (!ScheduledJobs.isUnconfirmed(job) || isRecorded(job, cron));
    }

    /** By our own clock, not by a daemon's. */
    private static String lastSuccessful(List<ContainerJob> jobs, String before) {
        return Stream.concat(
                        Stream.ofNullable(before).map(StatusFormat::instant),
                        jobs.stream()
                                .filter(job -> JobPhases.of(job) == JobPhase.COMPLETED)
                                .flatMap(job -> JobPhases.finishedAt(job).stream()))
                .max(Comparator.naturalOrder())
                .map(StatusFormat::time)
                .orElse(null);
    }
}
