package dev.longshore.cli.output;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as kubectl says it: the shorter, the finer. */
final class Ages {
    private static final int FINE_DAYS = 8;
    private static final Duration MOST_DIFFERENCE = Duration.ofMinutes(1);
    private static final int DAYS_OF_A_YEAR = 365;

    private Ages() {}

    static String of(HasMetadata resource, Instant now) {
        return since(resource.getMetadata().getCreationTimestamp(), now);
    }

    /** @param time null for what has not been */
    static String since(String time, Instant now) {
        return time == null ? "" : of(Duration.between(Instant.parse(time), now));
    }

    /** The time itself where it is later than differing clocks explain. */
    static String sinceOrTime(String time, Instant now) {
        return isLater(time, now) ? time : since(time, now);
    }

    /** The time with its age, for people; null for what has not been. */
    static String withAge(String time, Instant now) {
        return time == null || isLater(time, now) ? time : time + " (" + since(time, now) + " ago)";
    }

    private static boolean isLater(String time, Instant now) {
        return time != null && Duration.between(now, Instant.parse(time)).compareTo(MOST_DIFFERENCE) > 0;
    }

    static String of(Duration age) {
        if (age.compareTo(Duration.ofMinutes(2)) < 0) {
            // Clocks differ: what is about to be was just now.
            return Math.max(0, age.toSeconds()) + "s";
        }
        if (age.compareTo(Duration.ofMinutes(10)) < 0) {
            return two(age.toMinutes(), "m", age.toSecondsPart(), "s");
        }
        if (age.compareTo(Duration.ofHours(3)) < 0) {
            return age.toMinutes() + "m";
        }
        if (age.compareTo(Duration.ofHours(8)) < 0) {
            return two(age.toHours(), "h", age.toMinutesPart(), "m");
        }
        if (age.compareTo(Duration.ofDays(2)) < 0) {
            return age.toHours() + "h";
        }
        if (age.compareTo(Duration.ofDays(FINE_DAYS)) < 0) {
            return two(age.toDays(), "d", age.toHoursPart(), "h");
        }
        var years = age.toDays() / DAYS_OF_A_YEAR;
        if (years < 2) {
            return age.toDays() + "d";
        }
        return years < FINE_DAYS ? two(years, "y", age.toDays() % DAYS_OF_A_YEAR, "d") : years + "y";
    }

    private static String two(long number, String unit, long rest, String smaller) {
        return number + unit + (rest == 0 ? "" : rest + smaller);
    }
}
