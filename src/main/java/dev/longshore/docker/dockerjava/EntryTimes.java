package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.Arrays;

/**
 * Parses the times before entries of a log, {@code 2006-01-02T15:04:05.999999999Z}. There may be millions, thousands in the
 * same second, which is parsed once. One thread.
 */
final class EntryTimes {
    private static final int LONGEST = 40;
    private static final int SECOND = "2006-01-02T15:04:05".length();
    private static final int DIGITS = 9;

    private final byte[] second = new byte[SECOND];
    private long epochSecond;

    /** Where the time ends that an entry begins with. */
    static int end(byte[] entry) {
        var end = 0;
        while (end < Math.min(entry.length, LONGEST) && entry[end] != ' ') {
            end++;
        }
        return end;
    }

    /** @throws java.time.format.DateTimeParseException if it is none */
    Instant parse(byte[] entry, int end) {
        var nanos = nanos(entry, end);
        if (nanos >= 0 && Arrays.equals(entry, 0, SECOND, second, 0, SECOND)) {
            return Instant.ofEpochSecond(epochSecond, nanos);
        }
        var time = Instant.parse(new String(entry, 0, end, US_ASCII));
        if (nanos >= 0) {
            System.arraycopy(entry, 0, second, 0, SECOND);
            epochSecond = time.getEpochSecond();
        }
        return time;
    }

    /** Those after the second, in UTC; -1 where the time is written in another way. */
    private static int nanos(byte[] entry, int end) {
        var last = end - 1;
        if (last < SECOND || last > SECOND + 1 + DIGITS || entry[last] != 'Z') {
            return -1;
        }
        if (last == SECOND) {
            return 0;
        }
        var nanos = entry[SECOND] == '.' && last > SECOND + 1 ? 0 : -1;
        for (var at = SECOND + 1; nanos >= 0 && at <= SECOND + DIGITS; at++) {
            var digit = at < last ? entry[at] - '0' : 0;
            nanos = digit < 0 || digit > DIGITS ? -1 : nanos * 10 + digit;
        }
        return nanos;
    }
}
