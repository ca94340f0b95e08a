package dev.longshore.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.docker.LogEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogOutputTest {
    private static final Instant TIME = Instant.parse("2026-01-01T12:00:00.5Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private LogOutput output(boolean terminal, boolean timestamps) {
        return new LogOutput(
                new LogOutput.Stream(out, terminal),
                new LogOutput.Stream(err, terminal),
                new PrintWriter(err, true, UTF_8),
                timestamps);
    }

    private static LogEntry entry(boolean stderr, String text) {
        return new LogEntry(stderr, TIME, text.getBytes(UTF_8));
    }

    @Test
    void whatIsPipedStaysAsItWas() {
        var output = output(false, false);
        var bytes = new byte[] {0x1b, '[', '1', 'm', (byte) 0xff, '\r', 0};
        output.write(new LogEntry(false, TIME, bytes));
        output.say("a word");
        output.write(new LogEntry(false, TIME, bytes));
        assertThat(out.toByteArray()).startsWith(bytes).endsWith(bytes).hasSize(2 * bytes.length);
        assertThat(err.toString(UTF_8)).isEqualTo("longshore: a word\n");
    }

    @Test
    void aTerminalGetsNoControlSequencesAndOwnLinesForWhatIsSaid() {
        var output = output(true, false);
        output.write(entry(false, "\u001b[3"));
        output.write(entry(false, "1mred"));
        output.write(entry(true, "half a line"));
        output.say("a\u001b[1m word");
        assertThat(out.toString(UTF_8)).isEqualTo("red\n");
        assertThat(err.toString(UTF_8)).isEqualTo("half a line\nlongshore: a word\n");
    }

    @Test
    void aTimeStandsBeforeEachLineAndNotBeforeItsPieces() {
        var output = output(false, true);
        output.write(entry(false, "one "));
        output.write(entry(true, "other\n"));
        output.write(entry(false, "line\n"));
        assertThat(out.toString(UTF_8)).isEqualTo("2026-01-01T12:00:00.500000000Z one line\n");
        assertThat(err.toString(UTF_8)).isEqualTo("2026-01-01T12:00:00.500000000Z other\n");
    }

    @Test
    void aReaderThatHasGoneEndsIt() {
        var closed = new OutputStream() {
            @Override
            public void write(int each) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        var output = new LogOutput(
                new LogOutput.Stream(closed, false), new LogOutput.Stream(err, false), new PrintWriter(err), false);
        assertThatThrownBy(() -> output.write(entry(false, "text"))).isInstanceOf(LogOutput.ClosedException.class);
    }

    @Test
    void ofSeveralJobsEachLineHasItsNameIfWanted() {
        var all = output(false, true);
        var one = all.of("one", true);
        var other = all.of("other", true);
        one.write(entry(false, "a line\nbegins"));
        other.write(entry(false, "of another\n"));
        one.write("tail\nof it\n", "");
        other.say("a word");
        var time = "2026-01-01T12:00:00.500000000Z ";
        assertThat(out.toString(UTF_8))
                .isEqualTo("[containerjob/one] " + time + "a line\nbegins\n[containerjob/other] " + time
                        + "of another\n[containerjob/one] tail\n[containerjob/one] of it\n");
        assertThat(err.toString(UTF_8)).isEqualTo("longshore: other: a word\n");
        all.of("third", false).write(entry(true, "as it is\n"));
        assertThat(err.toString(UTF_8)).endsWith("Z as it is\n");
    }

    @Test
    void whatIsAppendedKeepsItsOrder() {
        var output = output(false, false);
        output.append(entry(false, "one\n"));
        assertThat(out.size()).isZero();
        output.append(entry(true, "two\n"));
        assertThat(out.toString(UTF_8)).isEqualTo("one\n");
        assertThat(err.size()).isZero();
        output.flush();
        assertThat(err.toString(UTF_8)).isEqualTo("two\n");
    }
}
