package dev.longshore.api;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Formats times and durations in a status, and parses times of a spec. */
public final class StatusFormat {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final int NANO_DIGITS = 9;

    private StatusFormat() {}

    /** RFC 3339 in UTC with milliseconds; null for null. */
    public static String time(Instant time) {
        return time == null ? null : TIME.format(time);
    }

    /**
     * To the nanosecond: an older version accepted more digits than an Instant can hold.
     *
     * @param text RFC 3339, in any zone
     * @throws DateTimeParseException if it is not
     */
    public static Instant instant(String text) {
        var fraction = text.indexOf('.') + 1;
        var end = fraction;
        while (fraction > 0 && end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        var cut = Math.min(end, fraction + NANO_DIGITS);
        return OffsetDateTime.parse(text.substring(0, cut) + text.substring(end))
                .toInstant();
    }

    /** Such as {@code 1.204s} below a minute, {@code 1h2m3s} above. */
    public static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "0s";
        }
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            var millis = duration.toMillis() % 1000;
            return duration.toSeconds() + (millis == 0 ? "" : ".%03d".formatted(millis)) + "s";
        }
        var hours = duration.toHours();
        return (hours == 0 ? "" : hours + "h") + duration.toMinutesPart() + "m" + duration.toSecondsPart() + "s";
    }
}
