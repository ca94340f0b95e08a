package dev.longshore.cron.engine;

import dev.longshore.api.ConcurrencyPolicy;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerJob;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.cron.times.InvalidScheduleException;
import dev.longshore.cron.times.UnknownTimeZoneException;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides on the one next step for a schedule, from the schedule, its jobs and the time; does nothing itself.
 *
 * <p>That no time has two jobs: a job for a time has a name of its own, and does not start before the status of its schedule has
 * recorded its UID together with its time. A status is stored only by who has read the one before. So of two jobs for one time, which
 * only one after the other can have the name, one is recorded; the other has a time that is done, and is discarded.
 */
final class CronPlanner {
    /** A host that is cordoned over a weekend must not fill the cluster. */
    static final int MOST_UNFINISHED = 100;

    /** Counted no further. */
    static final int MOST_MISSED = 1000;

    /** Whatever someone else has put there: each step goes through all jobs. */
    static final int AT_ONCE = 100;

    /** By how much our clock may be behind the one by which a job was created. */
    private static final Duration LONGEST_SKEW = Duration.ofDays(1);

    private CronPlanner() {}

    static CronPlan plan(ContainerCronJob cron, List<ContainerJob> all, CronMemory memory, Moment now) {
        var tooEarly = all.stream().filter(job -> isTooEarly(job, cron, now)).toList();
        if (tooEarly.isEmpty()) {
            return planOfOurs(cron, all, memory, now);
        }
        var unconfirmed = tooEarly.stream().filter(ScheduledJobs::isUnconfirmed).toList();
        return unconfirmed.isEmpty()
                ? planOfOurs(
                        cron,
                        all.stream().filter(job -> !isTooEarly(job, cron, now)).toList(),
                        memory,
                        now)
                : new CronPlan.Discard(unconfirmed);
    }

    /** Whether nobody had a reason to create it yet: if it were recorded, nothing would be due before its time. */
    private static boolean isTooEarly(ContainerJob job, ContainerCronJob cron, Moment now) {
        return ScheduledJobs.time(job, cron)
                .filter(time -> time.isAfter(now.time().plus(LONGEST_SKEW)))
                .filter(time -> time.isAfter(Timetable.lastScheduled(cron).orElse(Instant.MIN)))
                .isPresent();
    }

    private static CronPlan planOfOurs(ContainerCronJob cron, List<ContainerJob> jobs, CronMemory memory, Moment now) {
        if (cron.isMarkedForDeletion()) {
            return settle(cron, jobs, CronStatuses.NONE_IN_EFFECT).orElse(new CronPlan.Rest(Optional.empty()));
        }
        Timetable timetable;
        try {
            timetable = Timetable.of(cron, memory, now.time());
        } catch (InvalidScheduleException e) {
            return invalid(cron, jobs, "InvalidSchedule", e.getMessage(), now);
        } catch (UnknownTimeZoneException e) {
            return invalid(cron, jobs, "UnknownTimeZone", e.getMessage(), now);
        }
        var status = CronStatuses.of(cron, jobs, timetable, now.time());
        if (mustBeStoredFirst(cron, jobs, timetable)) {
            return new CronPlan.Write(status);
        }
        return settle(cron, jobs, timetable.done())
                .or(() -> due(cron, jobs, timetable, memory, now))
                .or(() -> write(cron, status))
                .or(() -> history(cron, jobs))
                .orElseGet(() -> rest(cron, timetable, memory, now));
    }

    private static CronPlan rest(ContainerCronJob cron, Timetable timetable, CronMemory memory, Moment now) {
        if (cron.getSpec().suspend()) {
            return new CronPlan.Rest(Optional.empty());
        }
        var next = timetable.next(now.time()).map(time -> Duration.between(now.time(), time));
        return new CronPlan.Rest(Stream.concat(next.stream(), memory.heldBack(now.uptime()).stream())
                .min(Comparator.naturalOrder()));
    }

    private static Optional<CronPlan> history(ContainerCronJob cron, List<ContainerJob> jobs) {
        return Optional.of(History.beyond(cron, jobs))
                .filter(beyond -> !beyond.isEmpty())
                .map(CronPlan.Delete::new);
    }

    /** What later steps depend on: since when the schedule is in effect, and which times are done. */
    private static boolean mustBeStoredFirst(ContainerCronJob cron, List<ContainerJob> jobs, Timetable timetable) {
        return cron.getStatus() == null
                || !timetable.observed().equals(cron.getStatus().observedSchedule())
                || jobs.stream().anyMatch(job -> CronStatuses.isUnrecorded(job, cron, timetable.done()));
    }

    private static CronPlan invalid(
            ContainerCronJob cron, List<ContainerJob> jobs, String reason, String message, Moment now) {
        return write(cron, CronStatuses.invalid(cron, jobs, reason, message, now.time()))
                .or(() -> settle(cron, jobs, CronStatuses.NONE_IN_EFFECT))
                .or(() -> history(cron, jobs))
                .orElse(new CronPlan.Rest(Optional.empty()));
    }

    private static Optional<CronPlan> write(ContainerCronJob cron, ContainerCronJobStatus status) {
        return status.equals(cron.getStatus()) ? Optional.empty() : Optional.of(new CronPlan.Write(status));
    }

    /** Jobs that wait to be confirmed. Whoever has put the finalizer on a job of no time has it back. */
    private static Optional<CronPlan> settle(ContainerCronJob cron, List<ContainerJob> jobs, Instant done) {
        var unsettled = jobs.stream()
                .filter(ScheduledJobs::isUnconfirmed)
                .filter(job -> !CronStatuses.isUnrecorded(job, cron, done))
                .limit(AT_ONCE)
                .collect(Collectors.partitioningBy(job -> isTheOne(job, cron)));
        if (!unsettled.get(true).isEmpty()) {
            var replaced = replaced(cron, jobs, unsettled.get(true));
            return Optional.of(
                    replaced.isEmpty() ? new CronPlan.Confirm(unsettled.get(true)) : new CronPlan.Cancel(replaced));
        }
        return Optional.of(unsettled.get(false))
                .filter(others -> !others.isEmpty())
                .map(CronPlan.Discard::new);
    }

    /**
     * Those of earlier times. They are cancelled no sooner than the one that replaces them is recorded: before, another process may have
     * created one that is not known here, and the API server may refuse the one that is to replace them.
     */
    private static List<ContainerJob> replaced(
            ContainerCronJob cron, List<ContainerJob> jobs, List<ContainerJob> confirmed) {
        var newest = confirmed.stream()
                .flatMap(job -> ScheduledJobs.time(job, cron).stream())
                .max(Comparator.naturalOrder());
        if (cron.getSpec().concurrencyPolicy() != ConcurrencyPolicy.REPLACE || newest.isEmpty()) {
            return List.of();
        }
        return unfinished(jobs).stream()
                .filter(job -> !job.getSpec().cancel())
                .filter(job -> ScheduledJobs.time(job, cron)
                        .filter(time -> time.isBefore(newest.get()))
                        .isPresent())
                .limit(AT_ONCE)
                .toList();
    }

    private static boolean isTheOne(ContainerJob job, ContainerCronJob cron) {
        return CronStatuses.isRecorded(job, cron)
                || ScheduledJobs.time(job, cron).isEmpty()
                || JobPhases.bound(job);
    }

    private static Optional<CronPlan> due(
            ContainerCronJob cron, List<ContainerJob> jobs, Timetable timetable, CronMemory memory, Moment now) {
        var due = cron.getSpec().suspend() ? Optional.<Instant>empty() : timetable.due(now.time());
        if (due.filter(time -> !memory.holdsBack(time, now.uptime())).isEmpty()) {
            return Optional.empty();
        }
        var time = due.get();
        var since = explained(cron, jobs, timetable, memory, time);
        return skip(cron, jobs, time, now.time(), () -> timetable.schedule().count(since, time, MOST_MISSED))
                .map(skip -> memory.report(skip) ? Optional.<CronPlan>of(skip) : Optional.<CronPlan>empty())
                .orElseGet(() -> Optional.of(
                        new CronPlan.Create(time, timetable.schedule().count(since, time.minusNanos(1), MOST_MISSED))));
    }

    private static Optional<CronPlan.Skip> skip(
            ContainerCronJob cron, List<ContainerJob> jobs, Instant time, Instant now, LongSupplier missed) {
        var unfinished = unfinished(jobs);
        var scheduled = scheduled(unfinished, cron);
        if (cron.getSpec().concurrencyPolicy() == ConcurrencyPolicy.FORBID && !scheduled.isEmpty()) {
            var name = scheduled.get(0).getMetadata().getName();
            return Optional.of(new CronPlan.Skip(
                    time,
                    CronPlan.Skip.Why.ALREADY_ACTIVE,
                    0,
                    "ContainerJob " + name + " is not finished (concurrencyPolicy: Forbid)"));
        }
        var deadline = cron.getSpec().startingDeadlineSeconds();
        if (Timetable.isTooLate(time, deadline, now)) {
            return Optional.of(new CronPlan.Skip(
                    time,
                    CronPlan.Skip.Why.TOO_LATE,
                    missed.getAsLong(),
                    "startingDeadlineSeconds (" + deadline + ") exceeded"));
        }
        if (unfinished.size() >= MOST_UNFINISHED) {
            return Optional.of(new CronPlan.Skip(
                    time,
                    CronPlan.Skip.Why.TOO_MANY_ACTIVE,
                    missed.getAsLong(),
                    MOST_UNFINISHED + " jobs are not finished, which is the most for a schedule"));
        }
        return Optional.empty();
    }

    /** Up to when each time has its job, or it is known why not: also what {@code Forbid} skipped before this process began. */
    private static Instant explained(
            ContainerCronJob cron, List<ContainerJob> jobs, Timetable timetable, CronMemory memory, Instant time) {
        if (isSuspendedSoFar(cron)) {
            return time;
        }
        var skipped = cron.getSpec().concurrencyPolicy() == ConcurrencyPolicy.FORBID
                ? scheduled(jobs, cron).stream().flatMap(job -> JobPhases.finishedAt(job).stream())
                : Stream.<Instant>empty();
        return Stream.concat(skipped, Stream.of(timetable.done(), memory.explained()))
                .max(Comparator.naturalOrder())
                .get();
    }

    /** Nobody missed what was not to be. */
    private static boolean isSuspendedSoFar(ContainerCronJob cron) {
        return cron.getStatus().conditions().stream()
                .anyMatch(condition -> CronStatuses.SUSPENDED.equals(condition.getReason()));
    }

    private static List<ContainerJob> unfinished(List<ContainerJob> jobs) {
        return jobs.stream().filter(job -> !JobPhases.finished(job)).toList();
    }

    /** One that was triggered by hand holds back no scheduled time, and none replaces it. */
    private static List<ContainerJob> scheduled(List<ContainerJob> jobs, ContainerCronJob cron) {
        return jobs.stream()
                .filter(job -> ScheduledJobs.time(job, cron).isPresent())
                .toList();
    }
}
