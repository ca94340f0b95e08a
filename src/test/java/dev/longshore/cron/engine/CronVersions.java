package dev.longshore.cron.engine;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpec;
import dev.longshore.api.ObservedSchedule;
import dev.longshore.api.StatusFormat;
import dev.longshore.cron.times.InvalidScheduleException;
import dev.longshore.cron.times.Schedule;
import dev.longshore.cron.times.UnknownTimeZoneException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What users have wanted of a schedule, one version after the other. */
final class CronVersions {
    /**
     * One of them.
     *
     * @param spec null: there was none
     * @param schedule nothing: it could not be read
     * @param since times up to then are not of this schedule
     */
    record Version(String uid, ContainerCronJobSpec spec, Optional<Schedule> schedule, Instant since) {
        private boolean isLike(ContainerCronJob cron) {
            return cron == null
                    ? spec == null
                    : cron.getMetadata().getUid().equals(uid) && cron.getSpec().equals(spec);
        }

        /** Whether a job for this time is right at a moment. */
        boolean wants(Instant time, String owner, Instant now) {
            return owner.equals(uid)
                    && spec != null
                    && !spec.suspend()
                    && !Timetable.isTooLate(time, spec.startingDeadlineSeconds(), now)
                    && time.isAfter(since)
                    && schedule.flatMap(it -> it.newest(time.minusSeconds(1), now))
                            .filter(time::equals)
                            .isPresent();
        }
    }

    private final List<Version> all = new ArrayList<>();

    void add(ContainerCronJob cron, Instant now) {
        if (!all.isEmpty() && last().isLike(cron)) {
            return;
        }
        all.add(
                cron == null
                        ? new Version(null, null, Optional.empty(), now)
                        : new Version(
                                cron.getMetadata().getUid(),
                                cron.getSpec(),
                                schedule(cron.getSpec()),
                                since(cron, now)));
    }

    private Instant since(ContainerCronJob cron, Instant now) {
        var spec = cron.getSpec();
        var before = all.isEmpty() ? null : last();
        if (before != null
                && cron.getMetadata().getUid().equals(before.uid())
                && spec.schedule().equals(before.spec().schedule())
                && spec.timeZone().equals(before.spec().timeZone())) {
            return before.since();
        }
        // Who changes it and changes it back before anybody saw that has changed nothing.
        return observed(cron)
                .filter(known -> known.schedule().equals(spec.schedule())
                        && known.timeZone().equals(spec.timeZone()))
                .map(known -> StatusFormat.instant(known.since()))
                .orElse(now);
    }

    private static Optional<ObservedSchedule> observed(ContainerCronJob cron) {
        return Optional.ofNullable(cron.getStatus()).map(status -> status.observedSchedule());
    }

    private static Optional<Schedule> schedule(ContainerCronJobSpec spec) {
        try {
            return Optional.of(Schedule.parse(spec.schedule(), spec.timeZone()));
        } catch (InvalidScheduleException | UnknownTimeZoneException e) {
            return Optional.empty();
        }
    }

    /** The clock was set: what comes again is not before the change. */
    void clockIs(Instant now) {
        var last = last();
        if (last.since().isAfter(now)) {
            all.set(all.size() - 1, new Version(last.uid(), last.spec(), last.schedule(), now));
        }
    }

    int count() {
        return all.size();
    }

    Version last() {
        return all.get(all.size() - 1);
    }

    List<Version> from(int first) {
        return all.subList(first, all.size());
    }
}
