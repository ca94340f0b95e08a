package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final Pace pace = new Pace(2, now::get);

    @Test
    void theFirstOnesPassAndTheNextWaitsForTheRestOfTheSecond() {
        var host = pace.initState();
        assertThat(pace.isLimited(host)).isEmpty();
        now.addAndGet(Duration.ofMillis(300).toNanos());
        assertThat(pace.isLimited(host)).isEmpty();
        assertThat(pace.isLimited(host)).contains(Duration.ofMillis(700));
        assertThat(pace.isLimited(pace.initState())).isEmpty();
        now.addAndGet(Duration.ofMillis(700).toNanos());
        assertThat(pace.isLimited(host)).isEmpty();
        assertThat(pace.isLimited(host)).isEmpty();
        assertThat(pace.isLimited(host)).contains(Duration.ofSeconds(1));
    }
}
