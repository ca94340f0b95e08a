package dev.longshore.cli;

import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations like 90s, 5m, 2h, 7d, and sums of them like 1h30m. */
final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern WHOLE =
            Pattern.compile("(?=.)(?:([0-9]{1,6})d)?(?:([0-9]{1,8})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,10})s)?");

    @Override
    public Duration convert(String text) {
        var match = WHOLE.matcher(text);
        if (!match.matches()) {
            throw new TypeConversionException("'" + text + "' is not a duration like 90s, 5m, 2h or 7d");
        }
        return Duration.ofDays(number(match.group(1)))
                .plusHours(number(match.group(2)))
                .plusMinutes(number(match.group(3)))
                .plusSeconds(number(match.group(4)));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
