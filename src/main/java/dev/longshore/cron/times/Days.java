package dev.longshore.cron.times;

import dev.longshore.cron.times.Field.Values;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The days of a schedule: sets of values, one bit each, and a walk by months.
 *
 * @param either whether one of the two day fields is enough, as where both of them say something
 */
record Days(int daysOfMonth, int months, int daysOfWeek, boolean either) {
    /** The 1st, 8th, 15th, 22nd and 29th, from bit 0. */
    private static final int WEEKLY = 1 | 1 << 7 | 1 << 14 | 1 << 21 | 1 << 28;

    static Days of(Values daysOfMonth, Values months, Values daysOfWeek) {
        return new Days(
                (int) daysOfMonth.bits(),
                (int) months.bits(),
                (int) daysOfWeek.bits(),
                !daysOfMonth.any() && !daysOfWeek.any());
    }

    /** Why no day ever comes; empty for all others. */
    Optional<String> whyNever() {
        int first = Integer.numberOfTrailingZeros(daysOfMonth);
        var its = Arrays.stream(Month.values()).filter(this::has).toList();
        if (either || its.stream().anyMatch(month -> first <= month.maxLength())) {
            return Optional.empty();
        }
        var names = its.stream()
                .map(month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .collect(Collectors.joining(", "));
        return Optional.of("%s %s no day %d".formatted(names, its.size() == 1 ? "has" : "have", first));
    }

    private boolean has(Month month) {
        return (months >> month.getValue() & 1) != 0;
    }

    /** The first day of the schedule from {@code first} to {@code last}, both included. */
    Optional<LocalDate> first(LocalDate first, LocalDate last) {
        for (var month = YearMonth.from(first); !month.isAfter(YearMonth.from(last)); month = month.plusMonths(1)) {
            int days = days(month);
            if (month.equals(YearMonth.from(first))) {
                days &= -1 << first.getDayOfMonth();
            }
            if (days != 0) {
                return Optional.of(month.atDay(Integer.numberOfTrailingZeros(days)))
                        .filter(day -> !day.isAfter(last));
            }
        }
        return Optional.empty();
    }

    /** The last day of the schedule from {@code first} to {@code last}, both included. */
    Optional<LocalDate> last(LocalDate first, LocalDate last) {
        for (var month = YearMonth.from(last); !month.isBefore(YearMonth.from(first)); month = month.minusMonths(1)) {
            int days = days(month);
            if (month.equals(YearMonth.from(last))) {
                days &= upTo(last.getDayOfMonth());
            }
            if (days != 0) {
                return Optional.of(month.atDay(Integer.SIZE - 1 - Integer.numberOfLeadingZeros(days)))
                        .filter(day -> !day.isBefore(first));
            }
        }
        return Optional.empty();
    }

    /** Those of one month: bit 1 is its first. */
    private int days(YearMonth month) {
        if (!has(month.getMonth())) {
            return 0;
        }
        int firstWeekday = month.atDay(1).getDayOfWeek().getValue() % 7;
        int onWeekdays = 0;
        for (int day = 0; day < 7; day++) {
            if ((daysOfWeek >> (firstWeekday + day) % 7 & 1) != 0) {
                onWeekdays |= WEEKLY << day + 1;
            }
        }
        return (either ? daysOfMonth | onWeekdays : daysOfMonth & onWeekdays) & upTo(month.lengthOfMonth());
    }

    private static int upTo(int day) {
        return (int) ((2L << day) - 2);
    }
}
