package dev.longshore.cron.engine;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ObservedSchedule;
import dev.longshore.api.StatusFormat;
import dev.longshore.cron.times.Schedule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The scheduled times of a ContainerCronJob, as far as they are not done.
 *
 * @param observed the schedule in effect, and since when
 * @param done times that are not after this one are done, or none of its
 */
record Timetable(Schedule schedule, ObservedSchedule observed, Instant done) {
    /**
     * A changed schedule is in effect from now on; the first one since the resource was created.
     *
     * @throws dev.longshore.cron.times.InvalidScheduleException if the schedule cannot be read
     * @throws dev.longshore.cron.times.UnknownTimeZoneException if there is no such zone
     */
    static Timetable of(ContainerCronJob cron, CronMemory memory, Instant now) {
        var spec = cron.getSpec();
        var schedule = memory.schedule(spec.schedule(), spec.timeZone());
        var before = Optional.ofNullable(cron.getStatus()).map(ContainerCronJobStatus::observedSchedule);
        var isAsBefore = before.filter(known -> known.since() != null)
                .filter(known -> spec.schedule().equals(known.schedule())
                        && spec.timeZone().equals(known.timeZone()))
                .isPresent();
        var observed = isAsBefore
                ? before.get()
                : new ObservedSchedule(
                        spec.schedule(), spec.timeZone(), StatusFormat.time(isNew(cron) ? created(cron) : now));
        var since = StatusFormat.instant(observed.since());
        return new Timetable(
                schedule,
                observed,
                lastScheduled(cron).filter(last -> last.isAfter(since)).orElse(since));
    }

    /** Whether it is as it was created, and nobody has reconciled it yet. The default of a status has -1. */
    private static boolean isNew(ContainerCronJob cron) {
        var observed = cron.getStatus() == null ? null : cron.getStatus().observedGeneration();
        var generation = cron.getMetadata().getGeneration();
        return (observed == null || observed < 1) && (generation == null || generation <= 1);
    }

    private static Instant created(ContainerCronJob cron) {
        return StatusFormat.instant(cron.getMetadata().getCreationTimestamp());
    }

    static Optional<Instant> lastScheduled(ContainerCronJob cron) {
        return Optional.ofNullable(cron.getStatus())
                .map(ContainerCronJobStatus::lastScheduleTime)
                .map(StatusFormat::instant);
    }

    /** The newest time that is due and not done, whether or not it is too late for it. */
    Optional<Instant> due(Instant now) {
        return schedule.newest(done, now);
    }

    /** Deadlines are in seconds: the second in which a time falls is never too late. */
    static boolean isTooLate(Instant time, Integer deadlineSeconds, Instant now) {
        return deadlineSeconds != null
                && time.plusSeconds(deadlineSeconds).isBefore(now.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The next one that is neither due nor done; none while the clock is far behind what is done. */
    Optional<Instant> next(Instant now) {
        return schedule.next(now.isAfter(done) ? now : done);
    }
}
