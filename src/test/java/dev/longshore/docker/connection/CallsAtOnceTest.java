package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsAtOnceTest {
    private final CallsAtOnce atOnce = new CallsAtOnce();

    /** A round trip of 200 ms takes as many as a loop with a thread for each slot has, and some for what is ahead. */
    @ParameterizedTest
    @CsvSource({
        "1,   0, 8",
        "100,  0, 8",
        "25,   1, 10",
        "100,  1, 15",
        "10,  50, 19",
        "10, 200, 22",
        "25, 200, 42",
        "100, 200, 128"
    })
    void theyGrowWithSlotsAndTheWay(int slots, int millis, int calls) {
        atOnce.slots(slots);
        atOnce.answered(Duration.ofMillis(millis));
        assertThat(atOnce.get()).isEqualTo(calls);
    }

    @Test
    void theShortestAnswerShowsTheWayUntilThereIsAnother() {
        atOnce.slots(25);
        assertThat(atOnce.get()).isEqualTo(CallsAtOnce.LEAST);
        atOnce.answered(Duration.ofMillis(900));
        atOnce.answered(Duration.ofMillis(1));
        atOnce.answered(Duration.ofMillis(900));
        assertThat(atOnce.get()).isEqualTo(10);
        atOnce.reconnected();
        atOnce.answered(Duration.ofMillis(200));
        assertThat(atOnce.get()).isEqualTo(42);
    }
}
