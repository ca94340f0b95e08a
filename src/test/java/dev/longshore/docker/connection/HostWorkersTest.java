package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The threads of a host, of which a daemon that does not answer keeps as many as it can. */
class HostWorkersTest {
    private static final int MORE_THAN_THREADS = 50;
    private static final Runnable NEVER_LATE = () -> {};

    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final HostWorkers workers =
            new HostWorkers("host", new CallThreads(), () -> CallsAtOnce.LEAST, kind -> Duration.ofMillis(50));

    @AfterEach
    void close() {
        answer.complete("answer");
        workers.close();
    }

    @Test
    void aCallThatMissesItsDeadlineIsReportedAndOneThatDoesNotIsNot() throws Exception {
        var late = new CompletableFuture<String>();
        var result = workers.submit(CallKind.START, answer::join, () -> late.complete("late"));
        assertThat(late.get(5, TimeUnit.SECONDS)).isEqualTo("late");
        assertThat(result).isNotDone();
        answer.complete("answer");
        assertThat(result.get(5, TimeUnit.SECONDS)).isEqualTo("answer");
    }

    @Test
    void whatWeDoWithAnAnswerIsNoTimeOfTheDaemons() throws Exception {
        var late = new CompletableFuture<String>();
        var requested = new CompletableFuture<String>();
        var result = workers.submit(CallKind.START, requested::join, () -> late.complete("late"))
                .thenApply(said -> {
                    // Longer than the deadline: another call misses its own that began after this one.
                    var other = new CompletableFuture<String>();
                    workers.submit(CallKind.START, answer::join, () -> other.complete("other"));
                    return other.join();
                });
        requested.complete("answer");
        assertThat(result.get(5, TimeUnit.SECONDS)).isEqualTo("other");
        assertThat(late).isNotDone();
    }

    @Test
    void samplesThatTakeLongKeepNoCallWaiting() throws Exception {
        IntStream.range(0, MORE_THAN_THREADS).forEach(n -> workers.submit(CallKind.SAMPLE, answer::join, NEVER_LATE));
        assertThat(workers.submit(CallKind.REMOVE, () -> "done", NEVER_LATE).get(5, TimeUnit.SECONDS))
                .isEqualTo("done");
    }

    /** As of images with much below a volume. */
    @ParameterizedTest
    @EnumSource(names = {"OBSERVE", "STOP", "START", "REMOVE"})
    void creationsThatTakeLongKeepNoOtherCallWaiting(CallKind kind) throws Exception {
        IntStream.range(0, MORE_THAN_THREADS).forEach(n -> workers.submit(CallKind.CREATE, answer::join, NEVER_LATE));
        assertThat(workers.submit(kind, () -> "done", NEVER_LATE).get(5, TimeUnit.SECONDS))
                .isEqualTo("done");
    }

    @Test
    void resultsGoBeforeStartsAndRemovals() {
        var one = new CompletableFuture<String>();
        IntStream.range(1, CallsAtOnce.LEAST).forEach(n -> workers.submit(CallKind.START, answer::join, NEVER_LATE));
        workers.submit(CallKind.START, one::join, NEVER_LATE);
        var order = new CopyOnWriteArrayList<CallKind>();
        for (var kind : List.of(CallKind.REMOVE, CallKind.START, CallKind.OBSERVE)) {
            workers.submit(kind, () -> order.add(kind), NEVER_LATE);
        }
        one.complete("answer");
        await().until(() -> order.size() == 3);
        assertThat(order).containsExactly(CallKind.OBSERVE, CallKind.START, CallKind.REMOVE);
    }
}
