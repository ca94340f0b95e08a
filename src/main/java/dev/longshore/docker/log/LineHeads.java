package dev.longshore.docker.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** Parses what {@link LogLines} puts before each text. Of times, a second is parsed once: that is what costs. One thread. */
final class LineHeads {
    private static final byte[] STDOUT = "stdout".getBytes(US_ASCII);
    private static final byte[] STDERR = "stderr".getBytes(US_ASCII);

    /** Of a time as it is written, up to the point after its second, and as a whole. */
    private static final int SECOND_LENGTH = "2026-01-01T00:00:00.".length();

    private static final int TIME_LENGTH = SECOND_LENGTH + "123456789Z".length();

    /** The beginning of the last time that was parsed, and its second. */
    private final byte[] second = new byte[SECOND_LENGTH];

    private Instant secondStart = Instant.EPOCH;

    /** @param isPart whether the line goes on with the next one of its stream */
    record Head(Instant time, boolean isStderr, boolean isPart) {}

    /**
     * Null if there is none.
     *
     * @param line of which the first bytes end with the third space
     */
    Head parse(byte[] line, int length) {
        var end = indexOfSpace(line);
        var tag = length - 2;
        var isStderr = isAt(line, length, end + 1, STDERR);
        if (tag != end + 1 + STDOUT.length + 1
                || !(isStderr || isAt(line, length, end + 1, STDOUT))
                || !(line[tag] == 'F' || line[tag] == 'P')) {
            return null;
        }
        var nanos = end == TIME_LENGTH ? nanos(line) : -1;
        if (nanos >= 0 && Arrays.equals(line, 0, SECOND_LENGTH, second, 0, SECOND_LENGTH)) {
            return new Head(secondStart.plusNanos(nanos), isStderr, line[tag] == 'P');
        }
        try {
            var time = Instant.parse(new String(line, 0, end, US_ASCII));
            if (nanos >= 0) {
                System.arraycopy(line, 0, second, 0, SECOND_LENGTH);
                secondStart = time.truncatedTo(ChronoUnit.SECONDS);
            }
            return new Head(time, isStderr, line[tag] == 'P');
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Of a time with nine digits, or -1 if it has none. */
    private static int nanos(byte[] line) {
        var nanos = 0;
        for (var at = SECOND_LENGTH; at < TIME_LENGTH - 1; at++) {
            if (line[at] < '0' || line[at] > '9') {
                return -1;
            }
            nanos = 10 * nanos + line[at] - '0';
        }
        return line[TIME_LENGTH - 1] == 'Z' ? nanos : -1;
    }

    /** There are three. */
    private static int indexOfSpace(byte[] line) {
        var at = 0;
        while (line[at] != ' ') {
            at++;
        }
        return at;
    }

    private static boolean isAt(byte[] line, int length, int from, byte[] text) {
        return from + text.length < length && Arrays.equals(line, from, from + text.length, text, 0, text.length);
    }
}
