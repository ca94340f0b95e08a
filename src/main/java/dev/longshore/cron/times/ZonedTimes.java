package dev.longshore.cron.times;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The times of a schedule in a zone, through its clock changes.
 *
 * <p>With fixed hours each local time is one instant: one that a clock skips is the gap's end, one that it repeats is its first
 * pass. Otherwise the clock is followed: between two changes it runs evenly, and each such span is searched for itself, so that
 * nothing is made up for and both passes count. This is not the rule of robfig/cron, which Kubernetes uses: with fixed hours
 * that skips what a clock skips, and runs twice what a clock repeats.
 *
 * <p>Either way one search takes at most {@link #MOST_YEARS} of months, each a few operations on bits, and the clock changes
 * of as many years: some microseconds.
 */
record ZonedTimes(LocalTimes times, ZoneRules rules) {
    /**
     * No schedule rests for longer than from 29 February 2096 to 2104; twice that, since a clock change may skip the one or the
     * other.
     */
    static final int MOST_YEARS = 17;

    /** The first strictly after {@code after}; none if there is none within {@link #MOST_YEARS}. */
    Optional<Instant> next(Instant after) {
        return times.fixedHours() ? ofFixedHours(after) : ofEachSpan(after);
    }

    private Optional<Instant> ofFixedHours(Instant after) {
        var from = minuteAfter(local(after));
        var last = from.toLocalDate().plusYears(MOST_YEARS);
        for (var found = times.first(from, last); found.isPresent(); found = times.first(from, last)) {
            var instant = instant(found.get());
            if (instant.isAfter(after)) {
                return Optional.of(instant);
            }
            // It is in the second pass, and this is of the first.
            from = afterOverlap(found.get());
        }
        return Optional.empty();
    }

    private Instant instant(LocalDateTime local) {
        var change = rules.getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.toInstant(rules.getOffset(local)); // In an overlap that is the offset of the first pass.
    }

    private LocalDateTime afterOverlap(LocalDateTime local) {
        var change = rules.getTransition(local);
        return change != null && change.isOverlap() ? fullMinute(change.getDateTimeBefore()) : minuteAfter(local);
    }

    private Optional<Instant> ofEachSpan(Instant after) {
        var from = minuteAfter(local(after));
        var last = from.toLocalDate().plusYears(MOST_YEARS);
        var offset = rules.getOffset(after);
        var change = rules.nextTransition(after);
        while (change != null && !from.toLocalDate().isAfter(last)) {
            var end = change.getDateTimeBefore();
            var found = times.first(from, end.toLocalDate()).filter(time -> time.isBefore(end));
            if (found.isPresent()) {
                return Optional.of(found.get().toInstant(offset));
            }
            from = fullMinute(change.getDateTimeAfter());
            offset = change.getOffsetAfter();
            change = rules.nextTransition(change.getInstant());
        }
        var ofLastSpan = offset;
        return times.first(from, last).map(time -> time.toInstant(ofLastSpan));
    }

    private LocalDateTime local(Instant instant) {
        return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, rules.getOffset(instant));
    }

    private static LocalDateTime minuteAfter(LocalDateTime time) {
        return time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    }

    /** Some clock changes of the 19th century were not at a full minute. */
    private static LocalDateTime fullMinute(LocalDateTime time) {
        var minute = time.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(time) ? minute : minute.plusMinutes(1);
    }
}
