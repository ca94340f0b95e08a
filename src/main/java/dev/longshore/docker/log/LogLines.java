package dev.longshore.docker.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.longshore.docker.LogEntry;
import dev.longshore.docker.Masking;
import dev.longshore.docker.Redactor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/**
 * Writes entries as lines of text, {@code <RFC 3339 time with nanoseconds> stdout|stderr F|P <text>}; P if the line goes on with
 * the next one of its stream. Secrets are masked in what the container wrote, across entries: what may still become one is held
 * back, which is never more than the longest of them, and comes with the next entry. One thread.
 */
final class LogLines {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.");
    private static final int DIGITS = 9;
    private static final byte[] MASK = Redactor.MASK.getBytes(US_ASCII);

    /** Takes each line, with the newline at its end. The bytes are reused. */
    interface Sink {
        void line(byte[] bytes, int length);
    }

    private final Sink sink;
    private final Side stdout;
    private final Side stderr;
    private final Line line = new Line();

    LogLines(Redactor redactor, Sink sink) {
        this.sink = sink;
        this.stdout = new Side(" stdout ", redactor);
        this.stderr = new Side(" stderr ", redactor);
    }

    void add(LogEntry entry) {
        (entry.isStderr() ? stderr : stdout).add(entry);
    }

    /** Nothing follows. */
    void finish() {
        stdout.finish();
        stderr.finish();
    }

    /** A line of our own. */
    void note(Instant time, String text) {
        line.begin(time, " stderr ", 'F');
        var bytes = text.getBytes(US_ASCII);
        line.append(bytes, 0, bytes.length);
        line.end();
    }

    /** What came of one stream and is not in a line yet. */
    private final class Side implements Masking.Sink {
        private final String name;
        private final Masking masking;
        private byte[] text = new byte[1 << 15];
        private int length;
        private Instant last = Instant.EPOCH;

        Side(String name, Redactor redactor) {
            this.name = name;
            this.masking = redactor.longest() == 0 ? null : redactor.masking(this);
        }

        void add(LogEntry entry) {
            last = entry.time();
            if (masking == null) {
                append(entry.bytes());
            } else {
                masking.append(entry.bytes());
                if (entry.bytes().length > 0 && entry.bytes()[entry.bytes().length - 1] == '\n') {
                    // No value has a newline in it.
                    masking.finish();
                }
            }
            flush();
        }

        void finish() {
            if (masking != null) {
                masking.finish();
            }
            flush();
        }

        private void flush() {
            var start = 0;
            for (var at = 0; at < length; at++) {
                if (text[at] == '\n') {
                    write('F', start, at);
                    start = at + 1;
                }
            }
            if (start < length) {
                write('P', start, length);
            }
            length = 0;
        }

        private void write(char tag, int from, int to) {
            line.begin(last, name, tag);
            line.append(text, from, to - from);
            line.end();
        }

        private void append(byte[] bytes) {
            text = withRoom(text, length + bytes.length);
            System.arraycopy(bytes, 0, text, length, bytes.length);
            length += bytes.length;
        }

        @Override
        public void put(byte each) {
            text = withRoom(text, length + 1);
            text[length++] = each;
        }

        @Override
        public void mask() {
            append(MASK);
        }
    }

    private final class Line {
        private byte[] bytes = new byte[1 << 15];
        private int length;
        private long second = Long.MIN_VALUE;
        private byte[] secondText = {};

        void begin(Instant time, String stream, char tag) {
            length = 0;
            if (time.getEpochSecond() != second) {
                second = time.getEpochSecond();
                secondText = SECOND.format(time.atOffset(ZoneOffset.UTC)).getBytes(US_ASCII);
            }
            append(secondText, 0, secondText.length);
            var nanos = time.getNano();
            bytes = withRoom(bytes, length + DIGITS + stream.length() + 3);
            for (var digit = DIGITS - 1; digit >= 0; digit--) {
                bytes[length + digit] = (byte) ('0' + nanos % 10);
                nanos /= 10;
            }
            length += DIGITS;
            bytes[length++] = 'Z';
            for (var at = 0; at < stream.length(); at++) {
                bytes[length++] = (byte) stream.charAt(at);
            }
            bytes[length++] = (byte) tag;
            bytes[length++] = ' ';
        }

        void append(byte[] from, int start, int count) {
            bytes = withRoom(bytes, length + count + 1);
            System.arraycopy(from, start, bytes, length, count);
            length += count;
        }

        void end() {
            bytes[length++] = '\n';
            sink.line(bytes, length);
        }
    }

    private static byte[] withRoom(byte[] bytes, int length) {
        return length <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
    }
}
