package dev.longshore.docker.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.Redactor;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** For how long a daemon is waited for depends on what it sends meanwhile. */
class SlowLogTest {
    private static final int LARGE = 16 << 10;

    private final AtomicLong now = new AtomicLong();

    @Test
    void aDaemonThatSendsAlmostNothingIsNotWaitedForLongerThanFiveMinutes() {
        assertThatThrownBy(() -> copy(20, 5, Duration.ofSeconds(29)))
                .isInstanceOf(DockerUnavailableException.class)
                .hasMessage("the daemon sent only 495 bytes of the log in 319s");
    }

    @Test
    void aShortLogMayTakeThatLong() {
        assertThat(copy(20, 5, Duration.ofSeconds(14))).isFalse();
    }

    @Test
    void aLogThatKeepsComingMayTakeAnyTime() {
        assertThat(copy(13_500, LARGE, Duration.ofMillis(270))).isFalse();
        assertThat(now.get()).isGreaterThan(Duration.ofHours(1).toNanos());
    }

    @Test
    void aLogOfShortLinesCountsAsItIsSent() {
        // Nearly all of it are times, for which there is another minute.
        assertThat(copy(100_000, 2, Duration.ofNanos(3_500_000))).isFalse();
    }

    @Test
    void aLogThatComesTooSlowlyIsGivenUp() {
        assertThatThrownBy(() -> copy(2000, LARGE, Duration.ofSeconds(1)))
                .isInstanceOf(DockerUnavailableException.class)
                .hasMessageEndingWith("bytes of the log in 401s");
    }

    /** @param each that the daemon takes for an entry */
    private boolean copy(int entries, int length, Duration each) {
        var line = "%s\n".formatted("x".repeat(length - 1)).getBytes(UTF_8);
        return WholeLog.copy(
                () -> new Sent(entries, line, each),
                Redactor.NONE,
                1L << 40,
                OutputStream.nullOutputStream(),
                now::get);
    }

    private final class Sent implements LogStream {
        private final byte[] line;
        private final Duration each;
        private int left;

        Sent(int entries, byte[] line, Duration each) {
            this.left = entries;
            this.line = line;
            this.each = each;
        }

        @Override
        public Instant openedAt() {
            return null;
        }

        @Override
        public LogEntry next() {
            now.addAndGet(each.toNanos());
            return left-- == 0 ? null : new LogEntry(false, Instant.EPOCH, line);
        }

        @Override
        public void close() {}
    }
}
