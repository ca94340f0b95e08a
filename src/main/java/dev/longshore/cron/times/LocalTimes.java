package dev.longshore.cron.times;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a clock on the wall shows when a schedule is due, whether or not the clock of a zone ever shows it.
 *
 * @param fixedHours whether the hour field has neither {@code *} nor a step, which decides how clock changes are handled
 */
record LocalTimes(Days days, TimesOfDay times, boolean fixedHours) {
    /** How many days of a schedule before today, and from today on, are searched for the longest distance. */
    private static final int DAYS_BEFORE = 3;

    private static final int DAYS_AFTER = 10;

    /** The first at or after {@code from}, a full minute, until the end of {@code last}. */
    Optional<LocalDateTime> first(LocalDateTime from, LocalDate last) {
        var today = from.toLocalDate();
        var day = days.first(today, last);
        if (day.isPresent() && day.get().equals(today)) {
            int time = times.first(from.toLocalTime().toSecondOfDay() / TimesOfDay.HOUR);
            if (time >= 0) {
                return day.map(each -> at(each, time));
            }
            day = days.first(today.plusDays(1), last);
        }
        return day.map(each -> at(each, times.first()));
    }

    /**
     * The longest distance between two times that follow each other, over a few days of the schedule before {@code today}, for
     * the distance that we are in, and ten after them, for weekends. By the calendar, so that clock changes do not count.
     *
     * @param yearsAtMost how far away the next day may be
     */
    Duration longestGap(LocalDate today, int yearsAtMost) {
        var before = today;
        for (int count = 0; count < DAYS_BEFORE; count++) {
            before = days.last(today.minusYears(yearsAtMost), before.minusDays(1))
                    .orElse(before);
        }
        long longest = times.longestGap();
        var day = days.first(before, before.plusYears(yearsAtMost));
        for (int count = 0; day.isPresent() && count < DAYS_BEFORE + DAYS_AFTER; count++) {
            var next = days.first(day.get().plusDays(1), day.get().plusYears(yearsAtMost));
            if (next.isPresent()) {
                longest = Math.max(longest, minutes(at(day.get(), times.last()), at(next.get(), times.first())));
            }
            day = next;
        }
        return Duration.ofMinutes(longest);
    }

    private static long minutes(LocalDateTime from, LocalDateTime to) {
        return ChronoUnit.MINUTES.between(from, to);
    }

    private static LocalDateTime at(LocalDate day, int minute) {
        return day.atTime(LocalTime.ofSecondOfDay((long) minute * TimesOfDay.HOUR));
    }
}
