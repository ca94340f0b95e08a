package dev.longshore.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.Redactor;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RedactorsTest {
    private static final int LARGE = (int) (Redactors.LARGE_AT_ONCE / 16 * 2 / 3);

    /** What was to be made ready, elsewhere. */
    private final Queue<Runnable> making = new ArrayDeque<>();

    private final Redactors redactors = new Redactors(making::add);

    @Test
    void jobsWithTheSameValuesShareOne() {
        var one = redactors.of(List.of(bytes("hunter2"), bytes("swordfish")));
        assertThat(redactors.of(List.of(bytes("swordfish"), bytes("hunter2"), bytes("hunter2"))))
                .isSameAs(one);
        assertThat(redactors.of(List.of(bytes("swordfish")))).isNotSameAs(one);
        assertThat(redactors.of(List.of())).isSameAs(Redactor.NONE);
    }

    @Test
    void smallOnesAreUsedAtOnce() {
        var used = redactors.use(redactors.of(List.of(bytes("hunter2"))), () -> CompletableFuture.completedFuture(1));
        assertThat(used.orElseThrow()).isCompletedWithValue(1);
        assertThat(making).isEmpty();
    }

    @Test
    void ofLargeOnesFewAreUsedAtOnceAndMadeReadyElsewhere() {
        var one = redactors.of(List.of(new byte[LARGE]));
        var other = redactors.of(List.of(bytes("x"), new byte[LARGE]));
        var work = new CompletableFuture<Integer>();
        var first = redactors.use(one, () -> work).orElseThrow();
        assertThat(redactors.use(other, () -> work)).isEmpty();
        var second = redactors.use(one, () -> work).orElseThrow();
        work.complete(1);
        assertThat(first).isNotDone();
        making.remove().run();
        assertThat(first).isCompletedWithValue(1);
        assertThat(redactors.use(other, () -> work)).isEmpty();
        making.remove().run();
        assertThat(second).isCompletedWithValue(1);
        assertThat(redactors.use(other, () -> work)).isPresent();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
