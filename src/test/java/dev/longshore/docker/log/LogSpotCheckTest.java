package dev.longshore.docker.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.LogEntry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What there still is at the end, compared with what came. */
class LogSpotCheckTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final LogSpotCheck check = new LogSpotCheck();

    private static LogEntry out(int second) {
        return new LogEntry(false, NOON.plusSeconds(second), new byte[0]);
    }

    private static LogEntry err(int second) {
        return new LogEntry(true, NOON.plusSeconds(second), new byte[0]);
    }

    private void came(LogEntry... entries) {
        for (var entry : entries) {
            check.came(entry, null);
        }
    }

    private boolean hasGap(LogEntry... once) {
        for (var entry : once) {
            check.cameAtEnd(entry, false);
        }
        check.ended();
        return check.sawGap();
    }

    @Test
    void whatCameIsNoGap() {
        came(out(1), err(2), out(3), out(3));
        assertThat(check.knows(out(3))).isTrue();
        assertThat(check.knows(err(3))).isFalse();
        assertThat(hasGap(out(1), err(2), out(3), out(3))).isFalse();
    }

    @Test
    void whatIsBetweenTwoOfAStreamAndDidNotComeIsOne() {
        came(out(1), out(5));
        assertThat(hasGap(out(2), out(5))).isTrue();
        assertThat(check.sawGap()).isFalse();
    }

    @Test
    void whatIsBeforeAllThatCameIsNone() {
        came(err(1), out(5));
        assertThat(hasGap(out(2), out(5))).isFalse();
    }

    @Test
    void afterAClockWasSetBackNothingIsKnownOfWhatCameFirst() {
        came(out(1), out(8), out(2));
        assertThat(hasGap(out(4))).isFalse();
    }
}
