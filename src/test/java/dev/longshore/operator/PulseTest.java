package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.job.Moment;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PulseTest {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private Moment now = new Moment(Instant.EPOCH, Duration.ZERO);
    private final Pulse pulse = new Pulse(() -> now);

    private void pass(double seconds, double clockSeconds) {
        now = new Moment(
                now.time().plusMillis((long) (clockSeconds * 1000)),
                now.uptime().plusMillis((long) (seconds * 1000)));
    }

    private void beatFor(int seconds) {
        for (var beat = 0; beat < 2 * seconds; beat++) {
            pass(0.5, 0.5);
            pulse.beat();
        }
    }

    @Test
    void itIsSteadyFromTheBeginning() {
        assertThat(pulse.isSteady(LEASE)).isTrue();
        beatFor(10);
        assertThat(pulse.isSteady(LEASE)).isTrue();
        pass(1.9, 1.9);
        assertThat(pulse.isSteady(LEASE)).isTrue();
    }

    @Test
    void afterAPauseItIsSteadyOnlyAfterAWhile() {
        beatFor(20);
        pass(2.1, 2.1);
        assertThat(pulse.isSteady(LEASE)).isFalse();
        beatFor(9);
        assertThat(pulse.isSteady(LEASE)).isFalse();
        beatFor(1);
        assertThat(pulse.isSteady(LEASE)).isTrue();
    }

    @Test
    void aClockThatJumpsMayHideOne() {
        beatFor(20);
        pass(0.5, 60);
        pulse.beat();
        assertThat(pulse.isSteady(LEASE)).isFalse();
    }
}
