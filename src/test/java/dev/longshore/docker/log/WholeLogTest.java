package dev.longshore.docker.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.Redactor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class WholeLogTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.000000001Z");
    private static final int ENTRY = 16 * 1024;

    private final List<LogEntry> log = new ArrayList<>();
    private final AtomicInteger passes = new AtomicInteger();
    private boolean truncated;

    @Test
    void eachLineHasItsTimeItsStreamAndWhetherItGoesOn() {
        out("one\n");
        log.add(entry(true, TIME.plusMillis(1_500), "oh no\n"));
        out("without an end");

        assertThat(copy(1000)).isEqualTo("""
                2026-01-01T00:00:00.000000001Z stdout F one
                2026-01-01T00:00:01.500000001Z stderr F oh no
                2026-01-01T00:00:00.000000001Z stdout P without an end
                """);
        assertThat(truncated).isFalse();
        assertThat(passes).hasValue(1);
    }

    @Test
    void emptyLinesAndBytesThatAreNoTextStayAsTheyAre() {
        out("\n");
        log.add(new LogEntry(false, TIME, new byte[] {(byte) 0xff, 0, '\r', '\n'}));

        assertThat(bytes(1000, Redactor.NONE))
                .startsWith("2026-01-01T00:00:00.000000001Z stdout F \n2026".getBytes(UTF_8))
                .endsWith((byte) 0xff, 0, '\r', '\n');
    }

    @Test
    void aSecretIsMaskedAcrossTheEntriesOfALongLineBeforeTimesGoIn() {
        var secret = "s3cr3t-value";
        out("x".repeat(ENTRY - 5) + secret.substring(0, 5));
        log.add(entry(true, TIME, "between\n"));
        out(secret.substring(5) + " end\n");

        var text = copy(1 << 20, Redactor.of(List.of(secret)));

        assertThat(text).doesNotContain("s3cr3", "value").contains("stderr F between");
        assertThat(printed(text, "stdout")).isEqualTo("x".repeat(ENTRY - 5) + "*** end\n");
    }

    @Test
    void whatEndsInTheBeginningOfASecretIsCopiedAtTheEnd() {
        out("the end is s3cr");

        assertThat(printed(copy(1000, Redactor.of(List.of("s3cr3t-value"))), "stdout"))
                .isEqualTo("the end is s3cr");
    }

    @Test
    void ofALongLogAsMuchIsKeptOfEitherEnd() {
        IntStream.range(0, 1000).forEach(number -> out("line %04d\n".formatted(number)));
        var line = "2026-01-01T00:00:00.000000001Z stdout F line 0000\n".length();

        var text = copy(10L * line);

        assertThat(text.lines().map(each -> each.substring(each.indexOf(' ') + 1)))
                .containsExactly(
                        "stdout F line 0000",
                        "stdout F line 0001",
                        "stdout F line 0002",
                        "stdout F line 0003",
                        "stdout F line 0004",
                        "stderr F [longshore: 990 lines (%d bytes) omitted, archiveMaxBytes is %d]"
                                .formatted(990 * line, 10 * line),
                        "stdout F line 0995",
                        "stdout F line 0996",
                        "stdout F line 0997",
                        "stdout F line 0998",
                        "stdout F line 0999");
        assertThat(truncated).isTrue();
        assertThat(passes).hasValue(2);
    }

    @Test
    void nothingIsLeftOutOfALogThatJustFits() {
        IntStream.range(0, 100).forEach(number -> out("line %04d\n".formatted(number)));
        var whole = copy(1 << 20);

        assertThat(copy(whole.length())).isEqualTo(whole);
        assertThat(truncated).isFalse();
        assertThat(copy(whole.length() - 1)).contains("omitted");
    }

    @Test
    void withoutRoomThereIsOnlyWhatSaysSo() {
        out("one\n");

        assertThat(copy(0))
                .isEqualTo("2026-01-01T00:00:00.000000001Z stderr F [longshore: 1 lines (44 bytes) omitted,"
                        + " archiveMaxBytes is 0]\n");
    }

    @Test
    void whateverIsPrintedComesOutAgain() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var secret = "abab-abc";
        for (var run = 0; run < 300; run++) {
            log.clear();
            var printed = new StringBuilder[] {new StringBuilder(), new StringBuilder()};
            for (var entries = random.nextInt(30); entries > 0; entries--) {
                var stderr = random.nextBoolean();
                var text = random.ints(random.nextInt(12), 0, 5)
                                .mapToObj(letter -> "abc- ".substring(letter, letter + 1))
                                .collect(Collectors.joining())
                        + (random.nextBoolean() ? secret.substring(0, random.nextInt(secret.length())) : "")
                        + (random.nextInt(3) > 0 ? "\n" : "");
                log.add(entry(stderr, TIME, text));
                printed[stderr ? 1 : 0].append(text);
            }
            var masked = copy(1 << 20, Redactor.of(List.of(secret)));

            assertThat(printed(masked, "stdout"))
                    .as("seed %d, run %d", seed, run)
                    .isEqualTo(printed[0].toString().replace(secret, Redactor.MASK));
            assertThat(printed(masked, "stderr"))
                    .as("seed %d, run %d", seed, run)
                    .isEqualTo(printed[1].toString().replace(secret, Redactor.MASK));
        }
    }

    @Test
    void aLogThatIsCutIsNotCopied() {
        out("one\n");
        log.add(null);

        assertThatThrownBy(() -> copy(1000)).isInstanceOf(DockerUnavailableException.class);
    }

    @Test
    void whatTheReceiverThrowsComesBack() {
        out("one\n");
        var full = new OutputStream() {
            @Override
            public void write(int each) throws IOException {
                throw new IOException("no space left");
            }
        };

        assertThatThrownBy(() -> WholeLog.copy(this::open, Redactor.NONE, 1000, full))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no space left");
    }

    private void out(String text) {
        log.add(entry(false, TIME, text));
    }

    private static LogEntry entry(boolean stderr, Instant time, String text) {
        return new LogEntry(stderr, time, text.getBytes(UTF_8));
    }

    private String copy(long most) {
        return copy(most, Redactor.NONE);
    }

    private String copy(long most, Redactor redactor) {
        return new String(bytes(most, redactor), UTF_8);
    }

    private byte[] bytes(long most, Redactor redactor) {
        passes.set(0);
        var file = new ByteArrayOutputStream();
        truncated = WholeLog.copy(this::open, redactor, most, file);
        try (var text = new GZIPInputStream(new ByteArrayInputStream(file.toByteArray()))) {
            return text.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LogStream open() {
        passes.incrementAndGet();
        return new Entries(log.iterator());
    }

    /** What one stream printed, by the lines. */
    private static String printed(String text, String stream) {
        return Arrays.stream(text.split("\n"))
                .map(line -> line.split(" ", 4))
                .filter(parts -> parts.length == 4 && parts[1].equals(stream))
                .map(parts -> parts[3] + (parts[2].equals("F") ? "\n" : ""))
                .collect(Collectors.joining());
    }

    /** A null is where the connection is cut. */
    private record Entries(Iterator<LogEntry> left) implements LogStream {
        @Override
        public Instant openedAt() {
            return null;
        }

        @Override
        public LogEntry next() {
            if (!left.hasNext()) {
                return null;
            }
            var entry = left.next();
            if (entry == null) {
                throw new DockerUnavailableException(DockerUnavailableException.Cause.UNREACHABLE, "cut", null);
            }
            return entry;
        }

        @Override
        public void close() {}
    }
}
