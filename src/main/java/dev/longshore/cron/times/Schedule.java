package dev.longshore.cron.times;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A schedule in a time zone, in the words of {@code spec.schedule} and {@code spec.timeZone} of a ContainerCronJob. Its times
 * are full minutes. Immutable; each method takes microseconds where it does not say otherwise, for any schedule and time.
 */
public final class Schedule {
    /** What RFC 3339 can write. A time outside has no next one. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final ZonedTimes times;

    private Schedule(ZonedTimes times) {
        this.times = times;
    }

    /**
     * Reads a schedule as Kubernetes reads that of a CronJob, and 7 as Sunday.
     *
     * @param schedule five fields of cron, or a macro such as {@code @daily}
     * @param timeZone the name of a zone in the IANA database
     * @throws InvalidScheduleException if it is something else, or never comes
     * @throws UnknownTimeZoneException if there is no such zone
     */
    public static Schedule parse(String schedule, String timeZone) {
        return new Schedule(new ZonedTimes(ScheduleText.read(schedule), TimeZones.rules(timeZone)));
    }

    /** The first time that is strictly after {@code after}; empty if there is none before the year 10000. */
    public Optional<Instant> next(Instant after) {
        if (after.isAfter(LATEST)) {
            return Optional.empty();
        }
        return times.next(after.isBefore(EARLIEST) ? EARLIEST : after).filter(time -> !time.isAfter(LATEST));
    }

    /**
     * The newest time after {@code after} and not after {@code notAfter}. Takes some tens of {@link #next}, however many times
     * there are.
     */
    public Optional<Instant> newest(Instant after, Instant notAfter) {
        var newest = nextUntil(after, notAfter);
        if (newest.isEmpty()) {
            return newest;
        }
        // The newest is in [low, high], and low is a time of the schedule. Times are full seconds.
        long low = newest.get().getEpochSecond();
        long high = notAfter.isAfter(LATEST) ? LATEST.getEpochSecond() : notAfter.getEpochSecond();
        while (low < high) {
            long middle = low + (high - low) / 2;
            var later = nextUntil(Instant.ofEpochSecond(middle), notAfter);
            if (later.isPresent()) {
                low = later.get().getEpochSecond();
            } else {
                high = middle;
            }
        }
        return Optional.of(Instant.ofEpochSecond(low));
    }

    /**
     * How many times are after {@code after} and not after {@code notAfter}, counted up to {@code most}. Takes as many
     * {@link #next}.
     */
    public long count(Instant after, Instant notAfter, long most) {
        long count = 0;
        for (var time = nextUntil(after, notAfter);
                count < most && time.isPresent();
                time = nextUntil(time.get(), notAfter)) {
            count++;
        }
        return count;
    }

    /**
     * How long it may take from one time to the next around {@code at}: the longest such distance over the last three days of
     * the schedule and the next ten. That of {@code 0 9 * * 1-5} is a weekend; clock changes do not count. Zero for a time
     * outside of the years 1 to 9999.
     */
    public Duration period(Instant at) {
        if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
            return Duration.ZERO;
        }
        var today = LocalDateTime.ofEpochSecond(
                        at.getEpochSecond(), 0, times.rules().getOffset(at))
                .toLocalDate();
        return times.times().longestGap(today, ZonedTimes.MOST_YEARS);
    }

    /** A time as the clocks of the time zone show it. */
    public OffsetDateTime local(Instant time) {
        return time.atOffset(times.rules().getOffset(time));
    }

    private Optional<Instant> nextUntil(Instant after, Instant notAfter) {
        return next(after).filter(time -> !time.isAfter(notAfter));
    }
}
