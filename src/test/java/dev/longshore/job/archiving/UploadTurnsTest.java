package dev.longshore.job.archiving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.job.HostKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UploadTurnsTest {
    private static final HostKey A = new HostKey("ns", "a");
    private static final HostKey B = new HostKey("ns", "b");
    private static final HostKey C = new HostKey("ns", "c");

    private final List<String> begun = new ArrayList<>();
    private final Set<HostKey> down = new HashSet<>();
    private final UploadTurns<String> turns = new UploadTurns<>(4, host -> !down.contains(host), begun::add);

    @Test
    void ofOneHostTwoAreAtOnceHoweverManyWait() {
        IntStream.range(0, 5).forEach(number -> turns.enter(A, "a" + number));
        assertThat(begun).containsExactly("a0", "a1");

        turns.done(A);
        assertThat(begun).containsExactly("a0", "a1", "a2");
    }

    @Test
    void hostsTakeTurns() {
        IntStream.range(0, 3).forEach(number -> turns.enter(A, "a" + number));
        IntStream.range(0, 3).forEach(number -> turns.enter(B, "b" + number));
        turns.enter(C, "c0");
        assertThat(begun).containsExactly("a0", "a1", "b0", "b1");

        turns.done(A);
        turns.done(B);
        assertThat(begun).endsWith("a2", "b2");

        turns.done(A);
        assertThat(begun).endsWith("c0");
    }

    @Test
    void thoseOfAHostThatIsNotReadyWaitAndHoldUpNoOther() {
        down.add(A);
        turns.enter(A, "a0");
        turns.enter(B, "b0");
        assertThat(begun).containsExactly("b0");
        assertThat(turns.removeIf("none"::equals)).isEmpty();

        down.clear();
        turns.beginNext();
        assertThat(begun).containsExactly("b0", "a0");
        assertThat(turns.isEmpty()).isTrue();
    }

    @Test
    void whatWaitsCanBeTakenOut() {
        down.add(A);
        IntStream.range(0, 3).forEach(number -> turns.enter(A, "a" + number));

        assertThat(turns.removeIf("a1"::equals)).containsExactly("a1");

        down.clear();
        turns.beginNext();
        assertThat(begun).containsExactly("a0", "a2");
    }
}
