package dev.longshore.docker.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.Redactor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class ArchivedLogTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.000000001Z");
    private static final String HEAD = TIME + " stdout F ";

    private record Read(List<LogEntry> entries, long skipped) {
        String text() {
            var all = new ByteArrayOutputStream();
            entries.forEach(entry -> all.writeBytes(entry.bytes()));
            return all.toString(UTF_8);
        }
    }

    private static Read read(byte[] file) {
        return read(new ArchivedLog(new ByteArrayInputStream(file)), new ArrayList<>());
    }

    private static Read read(ArchivedLog log, List<LogEntry> entries) {
        try (log) {
            for (var entry = log.next(); entry != null; entry = log.next()) {
                entries.add(entry);
            }
            return new Read(entries, log.skipped());
        }
    }

    /** Reads as much as there is of a log that breaks off. */
    private static String readBroken(byte[] file, String problem) {
        var entries = new ArrayList<LogEntry>();
        var log = new ArchivedLog(new ByteArrayInputStream(file));
        assertThatThrownBy(() -> read(log, entries))
                .isInstanceOf(ArchivedLog.BrokenException.class)
                .hasMessage(problem);
        // And it stays so.
        assertThatThrownBy(log::next).isInstanceOf(ArchivedLog.BrokenException.class);
        return new Read(entries, 0).text();
    }

    private static byte[] gzip(String text) {
        var file = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(file)) {
            gzip.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var run = 0; run < 200; run++) {
            var log = new ArrayList<LogEntry>();
            for (var entries = random.nextInt(40); entries > 0; entries--) {
                log.add(entry(random));
            }
            var file = new ByteArrayOutputStream();
            WholeLog.copy(() -> new Entries(log.iterator()), Redactor.NONE, Long.MAX_VALUE, file);

            var read = read(file.toByteArray());

            assertThat(read.skipped()).as("seed %d, run %d", seed, run).isZero();
            assertThat(shown(read.entries())).as("seed %d, run %d", seed, run).isEqualTo(shown(log));
        }
    }

    private static List<String> shown(List<LogEntry> entries) {
        return entries.stream()
                .map(entry -> entry + " " + new String(entry.bytes(), ISO_8859_1))
                .toList();
    }

    /** As a daemon has them: with a newline at the end alone, if at all. */
    private static LogEntry entry(Random random) {
        var bytes = new byte[random.nextInt(10) == 0 ? 16 * 1024 : 1 + random.nextInt(20)];
        random.nextBytes(bytes);
        for (var at = 0; at < bytes.length; at++) {
            bytes[at] = bytes[at] == '\n' ? 0 : bytes[at];
        }
        if (random.nextInt(4) > 0) {
            bytes[bytes.length - 1] = '\n';
        }
        return new LogEntry(random.nextBoolean(), TIME.plusNanos(random.nextLong(1L << 50)), bytes);
    }

    @Test
    void timesOfAnyPrecisionAreRead() {
        var times = List.of(
                "2026-01-01T00:00:00.000000001Z",
                "2026-01-01T00:00:00.999999999Z",
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:02.1234+01:00",
                "2026-01-01T00:00:02.000000000Z",
                "2026-01-01T00:00:01.5Z",
                "2026-01-01T00:00:00.00000000+1",
                "2026-01-01T00:00:00.12345678xZ",
                "2026-01-01T00:00:01.000000002Z",
                "2026-01-01T00:00:00.000000003Z");
        var lines = times.stream().map(time -> time + " stderr F x\n").reduce("", String::concat);

        var read = read(gzip(lines));

        assertThat(read.entries().stream().map(LogEntry::time))
                .containsExactlyElementsOf(Stream.of(0, 1, 2, 3, 4, 5, 8, 9)
                        .map(at -> Instant.parse(times.get(at)))
                        .toList());
        assertThat(read.skipped()).isEqualTo(2);
    }

    @Test
    void anEmptyLogHasNoEntries() {
        assertThat(read(gzip("")).entries()).isEmpty();
    }

    @Test
    void membersOfOneFileAreOneLog() {
        var one = gzip(HEAD + "one\n" + HEAD + "tw");
        var other = gzip("o\n");
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);

        assertThat(read(both).text()).isEqualTo("one\ntwo\n");
    }

    @Test
    void aLineThatIsLongerThanAnyEntryComesInPieces() {
        var line = "x".repeat(200_000) + "\n";

        var read = read(gzip(HEAD + line + TIME + " stderr P " + "y".repeat(70_000) + "\n" + HEAD + "end\n"));

        assertThat(read.entries())
                .hasSizeGreaterThan(3)
                .allMatch(
                        entry -> entry.bytes().length <= 1 << 16 && entry.time().equals(TIME));
        assertThat(read.text()).isEqualTo(line + "y".repeat(70_000) + "end\n");
    }

    @Test
    void linesOfAnotherFormatAreLeftOutAndCounted() {
        var text = """
                2026-01-01T00:00:00.000000001Z stdout F one

                no time at all
                yesterday stdout F two
                2026-01-01T00:00:00.000000001Z stdin F three
                2026-01-01T00:00:00.000000001Z stderr X four
                2026-01-01T00:00:00.000000001Z stderr FF four
                 stderr F four
                2026-01-01T00:00:00.000000001Z
                %s
                2026-01-01T00:00:00.000000001Z stderr F five
                """.formatted("z".repeat(300_000));

        var read = read(gzip(text + "cut"));

        assertThat(read.text()).isEqualTo("one\nfive\n");
        assertThat(read.skipped()).isEqualTo(10);
    }

    @Test
    void ofALogThatIsCutWhatIsThereIsRead() {
        var whole = gzip(HEAD + "one\n" + HEAD + "two\n");

        assertThat(readBroken(gzip(HEAD + "one\n" + HEAD + "tw"), "it is cut off"))
                .isEqualTo("one\ntw");
        assertThat(readBroken(Arrays.copyOf(whole, whole.length - 8), "it is cut off"))
                .isEqualTo("one\ntwo\n");
        assertThat(readBroken(new byte[0], "it is cut off")).isEmpty();
        assertThat(readBroken(Arrays.copyOf(whole, 5), "it is cut off")).isEmpty();
    }

    @Test
    void whatIsNotGzipOrDamagedIsSaidToBe() {
        assertThat(readBroken((HEAD + "one\n").getBytes(UTF_8), "it is not gzip, or damaged"))
                .isEmpty();
        var damaged = gzip(HEAD + "one\n");
        damaged[damaged.length - 8] ^= 1;
        assertThat(readBroken(damaged, "it is not gzip, or damaged")).isEqualTo("one\n");
    }

    @Test
    void anErrorOfTheStoreGoesThrough() {
        var failing = new InputStream() {
            @Override
            public int read() {
                throw new IllegalStateException("store");
            }
        };

        assertThatThrownBy(() -> new ArchivedLog(failing).next()).hasMessage("store");
    }

    private record Entries(Iterator<LogEntry> left) implements LogStream {
        @Override
        public Instant openedAt() {
            return null;
        }

        @Override
        public LogEntry next() {
            return left.hasNext() ? left.next() : null;
        }

        @Override
        public void close() {}
    }
}
