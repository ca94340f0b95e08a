package dev.longshore.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class InputTurnsTest {
    private static final Duration NOW = Duration.ofHours(1);

    private final InputTurns turns = new InputTurns(2);

    private Duration refused(String namespace, Duration now) {
        try {
            return turns.take(namespace, now, () -> Duration.ZERO);
        } catch (InputsBusy e) {
            return e.again();
        }
    }

    @Test
    void thoseOfANamespaceComeOneAfterTheOtherAndNotForLongerThanNeeded() {
        turns.take("greedy", NOW, () -> {
            assertThat(refused("greedy", NOW)).isEqualTo(InputTurns.APART);
            assertThat(refused("greedy", NOW)).isEqualTo(InputTurns.APART.multipliedBy(2));
            for (var i = 0; i < 10_000; i++) {
                refused("greedy", NOW);
            }
            assertThat(refused("greedy", NOW)).isEqualTo(InputTurns.LONGEST);
            assertThat(refused("greedy", NOW.plus(InputTurns.LONGEST))).isEqualTo(InputTurns.APART);
            assertThat(refused("other", NOW)).isZero();
            return true;
        });
        assertThat(refused("greedy", NOW)).isZero();
    }

    @Test
    void noMoreThanAFewReadAtOnce() {
        turns.take(
                "a",
                NOW,
                () -> turns.take("b", NOW, () -> {
                    assertThat(refused("c", NOW)).isEqualTo(InputTurns.APART);
                    return true;
                }));
        assertThat(refused("c", NOW)).isZero();
    }

    @Test
    void aTurnEndsAlsoByAFailure() {
        assertThatIllegalStateException()
                .isThrownBy(() -> turns.take("a", NOW, () -> {
                    throw new IllegalStateException("the API server is away");
                }));
        assertThat(refused("a", NOW)).isZero();
    }
}
