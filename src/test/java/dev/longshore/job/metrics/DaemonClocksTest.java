package dev.longshore.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.job.HostKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DaemonClocksTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final DaemonClocks clocks = new DaemonClocks();

    @Test
    void aDaemonThatWasNotHeardIsTakenAtItsWordButNotIntoTheFuture() {
        assertThat(clocks.since(host("h"), NOW.minusSeconds(3), NOW)).isEqualTo(Duration.ofSeconds(3));
        assertThat(clocks.since(host("h"), NOW.plusSeconds(3), NOW)).isZero();
    }

    @Test
    void aClockThatIsOffIsAllowedFor() {
        clocks.received(host("slow"), NOW.minusSeconds(420), NOW);
        clocks.received(host("fast"), NOW.plusSeconds(420), NOW);
        assertThat(clocks.since(host("slow"), NOW.minusSeconds(421), NOW)).isEqualTo(Duration.ofSeconds(1));
        assertThat(clocks.since(host("fast"), NOW.plusSeconds(418), NOW)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void eventsThatWereHeardLateDoNotHideADelay() {
        clocks.received(host("h"), NOW.minusMillis(2), NOW);
        clocks.received(host("h"), NOW.minusSeconds(30), NOW);
        assertThat(clocks.since(host("h"), NOW.minusSeconds(30), NOW)).isEqualTo(Duration.ofMillis(29_998));
    }

    @Test
    void aClockThatWasSetIsBelievedAfterSomeEvents() {
        clocks.received(host("h"), NOW, NOW);
        for (var event = 0; event < 100; event++) {
            clocks.received(host("h"), NOW.minusSeconds(60), NOW);
        }
        assertThat(clocks.since(host("h"), NOW.minusSeconds(61), NOW)).isEqualTo(Duration.ofSeconds(1));
    }

    private static HostKey host(String name) {
        return new HostKey("ns", name);
    }
}
