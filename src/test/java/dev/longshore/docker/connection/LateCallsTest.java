package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of a host may begin while some of its calls are late, by a clock of the test's own. */
class LateCallsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int ROUNDS = 50;

    private final List<CallThreads.Call> late = new ArrayList<>();
    private int atOnce = CallsAtOnce.LEAST;
    private final HostWorkers host = new HostWorkers("host", new CallThreads(), () -> atOnce, CallKind::deadline);
    private long now = System.nanoTime() + SECOND;

    private void add(CallKind kind, int calls) {
        for (var n = 0; n < calls; n++) {
            host.add(new CallThreads.Call(host, kind, () -> {}, failure -> {}));
        }
    }

    private List<CallThreads.Call> begin() {
        var begun = new ArrayList<CallThreads.Call>();
        for (var kind = host.next(now); kind.isPresent(); kind = host.next(now)) {
            begun.add(host.take(kind.get(), now));
        }
        return begun;
    }

    /** Begins what may, and answers so many: those of {@code answered} at once. All others are late. */
    private int round(CallKind answered) {
        var begun = begin();
        now += SECOND;
        var quick = begun.stream().filter(call -> call.kind() == answered).toList();
        quick.forEach(call -> host.ended(call, now));
        now += SECOND;
        begun.stream().filter(call -> call.kind() != answered).forEach(call -> {
            host.late(call);
            late.add(call);
        });
        return quick.size();
    }

    @Test
    void oneThatHangsOnStartsIsGivenOnlySomeAndAnswersAllElse() {
        add(CallKind.START, 1000);
        for (var n = 0; n < ROUNDS; n++) {
            add(CallKind.OBSERVE, 1);
            assertThat(round(CallKind.OBSERVE)).isEqualTo(1);
        }
        assertThat(late).hasSizeBetween(2 * CallsAtOnce.LEAST, 3 * CallsAtOnce.LEAST);

        List.copyOf(late).forEach(call -> host.ended(call, now));
        assertThat(begin()).hasSize(CallsAtOnce.LEAST).allMatch(call -> call.kind() == CallKind.START);
    }

    @Test
    void oneThatIsFarAndHangsOnAllElseStillAnswersInspections() {
        atOnce = HostWorkers.MOST_AT_ONCE;
        for (var kind : CallKind.values()) {
            add(kind, 1000);
        }
        var answered = 0;
        for (var n = 0; n < ROUNDS; n++) {
            answered += round(CallKind.OBSERVE);
        }
        assertThat(answered).isGreaterThan(ROUNDS);
        assertThat(late).hasSizeBetween(HostWorkers.MOST_AT_ONCE, HostWorkers.MOST_UNDER_WAY);
    }

    @Test
    void oneWithALongCreationAndNothingElseToDoKeepsNothingWaiting() {
        add(CallKind.CREATE, 1);
        assertThat(round(CallKind.OBSERVE)).isZero();
        add(CallKind.OBSERVE, 1);
        assertThat(round(CallKind.OBSERVE)).isEqualTo(1);
        for (var n = 0; n < ROUNDS; n++) {
            now += n * SECOND;
            add(CallKind.OBSERVE, 2);
            add(CallKind.LOGS, 2);
            var begun = begin();
            assertThat(begun).hasSize(4);
            begun.forEach(call -> host.ended(call, now));
        }
    }

    @Test
    void oneThatAnswersNothingIsTriedMoreAndMoreRarelyUntilItAnswers() {
        add(CallKind.OBSERVE, CallsAtOnce.LEAST);
        assertThat(round(CallKind.STOP)).isZero();
        add(CallKind.OBSERVE, 1000);
        for (var wait = 4; wait <= 32; wait *= 2) {
            assertThat(begin()).hasSize(1).allSatisfy(host::late);
            now += wait * SECOND - 1;
            assertThat(host.next(now)).isEmpty();
            now++;
        }
        var last = begin();
        assertThat(last).hasSize(1);
        host.ended(last.get(0), now);
        assertThat(begin()).hasSize(CallsAtOnce.LEAST).allSatisfy(host::late);
        add(CallKind.STOP, 1);
        now += 2 * SECOND;
        assertThat(begin()).hasSize(1);
    }

    @Test
    void aTryIsOfWhatTheDaemonDoesNotHangOn() {
        add(CallKind.LOGS, 1000);
        assertThat(round(CallKind.OBSERVE)).isZero();
        add(CallKind.OBSERVE, 1);
        assertThat(host.next(now)).isEqualTo(Optional.of(CallKind.OBSERVE));
    }

    @Test
    void callsOfASlowDaemonAreAnswersThoughLate() {
        add(CallKind.START, 1000);
        assertThat(round(CallKind.OBSERVE)).isZero();
        host.ended(late.get(0), now);
        assertThat(begin()).hasSize(CallsAtOnce.LEAST);
    }
}
