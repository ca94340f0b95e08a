package dev.longshore.job.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.Redactor;
import dev.longshore.job.config.InputSources;
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
        var used = redactors.use(
                "ns", redactors.of(List.of(bytes("hunter2"))), () -> CompletableFuture.completedFuture(1));
        assertThat(used.orElseThrow()).isCompletedWithValue(1);
        assertThat(making).isEmpty();
    }

    @Test
    void ofLargeOnesFewAreUsedAtOnceAndMadeReadyElsewhere() {
        var one = redactors.of(List.of(new byte[LARGE]));
        var other = redactors.of(List.of(bytes("x"), new byte[LARGE]));
        var work = new CompletableFuture<Integer>();
        var first = redactors.use("ns", one, () -> work).orElseThrow();
        assertThat(redactors.use("ns", other, () -> work)).isEmpty();
        var second = redactors.use("ns", one, () -> work).orElseThrow();
        work.complete(1);
        assertThat(first).isNotDone();
        making.remove().run();
        assertThat(first).isCompletedWithValue(1);
        assertThat(redactors.use("ns", other, () -> work)).isEmpty();
        making.remove().run();
        assertThat(second).isCompletedWithValue(1);
        assertThat(redactors.use("ns", other, () -> work)).isPresent();
    }

    @Test
    void oneNamespaceLeavesRoomForOthers() {
        var work = new CompletableFuture<Integer>();
        var used = 0;
        while (redactors.use("greedy", ofSize(1 << 20, used), () -> work).isPresent()) {
            used++;
        }
        assertThat(used).isEqualTo((int) (Redactors.LARGE_OF_ONE_NAMESPACE >> 24));
        assertThat(redactors.use("other", ofSize(1 << 20, used), () -> work)).isPresent();
    }

    @Test
    void oneThatIsLargerThanThatIsUsedAlone() {
        var most = ofSize((int) InputSources.MOST_BYTES - 1, 0);
        assertThat(Redactors.fits(most)).isTrue();
        assertThat(redactors.use("ns", most, CompletableFuture<Integer>::new)).isPresent();
        assertThat(redactors.use("ns", ofSize(1 << 17, 1), CompletableFuture<Integer>::new))
                .isEmpty();
        assertThat(redactors.use("other", ofSize(1 << 17, 1), CompletableFuture<Integer>::new))
                .isPresent();
    }

    private Redactor ofSize(int size, int number) {
        var value = new byte[size];
        value[0] = (byte) number;
        return redactors.of(List.of(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
