package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.connection.HostState;
import dev.longshore.job.HostKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostPatienceTest {
    private static final HostKey HOST = new HostKey("team", "a");
    private static final HostState READY = new HostState.Ready(null);
    private static final HostState DOWN =
            new HostState.Down(DockerUnavailableException.Cause.UNREACHABLE, "connection refused");

    private final HostPatience patience = new HostPatience(Duration.ofMinutes(1));

    private boolean saw(HostState state, int second) {
        return patience.saw(HOST, state, Duration.ofSeconds(second));
    }

    @Test
    void oneThatWasNeverThereIsGivenUpAtOnce() {
        saw(new HostState.Connecting(), 0);
        assertThat(patience.isDisconnected(HOST)).isFalse();
        saw(DOWN, 1);
        assertThat(patience.isDisconnected(HOST)).isTrue();
        assertThat(patience.isWaiting()).isFalse();
        assertThat(patience.why(HOST)).contains("connection refused");
    }

    @Test
    void oneThatIsLostIsWaitedForAsLongAsItIsAwayWithoutABreak() {
        saw(READY, 0);
        saw(DOWN, 10);
        saw(DOWN, 69);
        assertThat(patience.isDisconnected(HOST)).isFalse();
        assertThat(patience.isWaiting()).isTrue();
        assertThat(saw(READY, 69)).isTrue();
        saw(DOWN, 75);
        assertThat(patience.isDisconnected(HOST)).isFalse();
        saw(DOWN, 135);
        assertThat(patience.isDisconnected(HOST)).isTrue();
        assertThat(patience.unreachableFor(HOST)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void isWaitedForLessOnceTheRunIsCancelled() {
        saw(READY, 0);
        saw(DOWN, 10);
        saw(DOWN, 21);
        patience.shorten(Duration.ofSeconds(10));
        assertThat(patience.isDisconnected(HOST)).isTrue();
    }
}
