package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InParallelTest {
    private static final List<Integer> ALL = IntStream.range(0, 80).boxed().toList();

    private final List<Integer> answered = new ArrayList<>();

    @Test
    void someAreSentAtTheSameTimeAndAnswersComeInOrder() throws InterruptedException {
        var together = new CyclicBarrier(InParallel.AT_ONCE);
        InParallel.each(
                ALL,
                number -> {
                    try {
                        together.await(5, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return -number;
                },
                (number, answer) -> answered.add(answer));
        assertThat(answered).isEqualTo(ALL.stream().map(number -> -number).toList());
    }

    @Test
    void afterOneThatFailsNoMoreAreSent() {
        var sent = new AtomicInteger();
        assertThatThrownBy(() -> InParallel.each(
                        ALL,
                        number -> {
                            sent.incrementAndGet();
                            if (number == 3) {
                                throw new IllegalArgumentException("three");
                            }
                            return number;
                        },
                        (number, answer) -> answered.add(answer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("three");
        assertThat(answered).containsExactly(0, 1, 2);
    }
}
