package dev.longshore.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How times and durations are written into a status. */
public final class StatusFormat {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private StatusFormat() {}

    /** RFC 3339 in UTC with milliseconds; null for null. */
    public static String time(Instant time) {
        return time == null ? null : TIME.format(time);
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
