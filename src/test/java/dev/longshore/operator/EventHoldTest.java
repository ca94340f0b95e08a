package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventHoldTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final AtomicBoolean busy = new AtomicBoolean();
    private final EventHold hold = new EventHold(busy::get, now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void nothingIsHeldWhileNoStatusWaits() {
        assertThat(hold.left(now.get())).isZero();
    }

    @Test
    void statusesGoFirst() {
        var since = now.get();
        busy.set(true);
        assertThat(hold.left(since)).isEqualTo(EventHold.RECHECK);
        pass(Duration.ofSeconds(2));
        assertThat(hold.left(since)).isEqualTo(EventHold.RECHECK);
        busy.set(false);
        assertThat(hold.left(since)).isZero();
    }

    @Test
    void butForSomeSecondsAtMost() {
        var since = now.get();
        busy.set(true);
        pass(EventHold.LONGEST.minusMillis(30));
        assertThat(hold.left(since)).isEqualTo(Duration.ofMillis(30));
        pass(Duration.ofMillis(30));
        assertThat(hold.left(since)).isZero();
        pass(Duration.ofSeconds(30));
        assertThat(hold.left(since)).isZero();
        assertThat(hold.left(now.get())).isEqualTo(EventHold.RECHECK);
    }
}
