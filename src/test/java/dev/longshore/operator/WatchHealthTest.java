package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchHealthTest {
    private boolean watching = true;
    private Duration now = Duration.ZERO;
    private final WatchHealth health = new WatchHealth(() -> watching, () -> now.toNanos());

    private boolean after(int seconds) {
        now = now.plusSeconds(seconds);
        return health.isGood();
    }

    @Test
    void aWatchThatIsBegunAgainIsNoMatter() {
        assertThat(after(1)).isTrue();
        watching = false;
        assertThat(after(20)).isTrue();
        watching = true;
        assertThat(after(5)).isTrue();
    }

    @Test
    void oneThatStaysUnreachableIs() {
        watching = false;
        assertThat(after(20)).isTrue();
        assertThat(after(20)).isFalse();
        watching = true;
        assertThat(after(1)).isTrue();
    }

    @Test
    void whatNobodyLookedAtForLongIsNotTakenForGone() {
        watching = false;
        assertThat(after(600)).isTrue();
        assertThat(after(29)).isTrue();
        assertThat(after(29)).isFalse();
    }
}
