package dev.longshore.cron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.job.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private Moment now = new Moment(Instant.parse("2026-03-02T00:00:00Z"), Duration.ofDays(1));
    private int jumps;
    private final ClockWatch watch = new ClockWatch(() -> now, () -> jumps++);

    @Test
    void clocksThatAreKeptInStepDoNotJump() {
        for (var millis : new int[] {0, 400, -400}) {
            pass(Duration.ofSeconds(2).plusMillis(millis), Duration.ofSeconds(2));
            watch.check();
        }
        assertThat(jumps).isZero();
    }

    @Test
    void aClockThatIsSetJumpsOnceEitherWay() {
        pass(Duration.ofHours(1), Duration.ofSeconds(2));
        watch.check();
        pass(Duration.ofSeconds(2), Duration.ofSeconds(2));
        watch.check();
        assertThat(jumps).isEqualTo(1);
        pass(Duration.ofHours(-1), Duration.ofSeconds(2));
        watch.check();
        assertThat(jumps).isEqualTo(2);
    }

    @Test
    void aProcessThatOnlyComesLateSeesNoJump() {
        pass(Duration.ofMinutes(5), Duration.ofMinutes(5));
        watch.check();
        assertThat(jumps).isZero();
    }

    @Test
    void itChecksEveryTwoSecondsForAsLongAsItIsNeeded() {
        Deque<Runnable> later = new ArrayDeque<>();
        var isNeeded = new boolean[] {true};
        watch.start(
                (wait, check) -> {
                    assertThat(wait).isEqualTo(Duration.ofSeconds(2));
                    later.add(check);
                },
                () -> isNeeded[0]);
        pass(Duration.ofDays(2), Duration.ofSeconds(2));
        later.remove().run();
        assertThat(jumps).isEqualTo(1);
        assertThat(later).hasSize(1);
        isNeeded[0] = false;
        pass(Duration.ofDays(2), Duration.ofSeconds(2));
        later.remove().run();
        assertThat(jumps).isEqualTo(1);
        assertThat(later).isEmpty();
    }

    private void pass(Duration timeOfDay, Duration uptime) {
        now = new Moment(now.time().plus(timeOfDay), now.uptime().plus(uptime));
    }
}
