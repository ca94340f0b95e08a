package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many hosts that share threads; some of them do not respond. */
class CallThreadsTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Runnable UNREPORTED = () -> {};

    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void answerAll() {
        answer.complete("answer");
    }

    private static HostWorkers host(CallThreads threads, String name, int atOnce) {
        return new HostWorkers(name, threads, () -> atOnce, kind -> NEVER);
    }

    private String unanswered() {
        begun.incrementAndGet();
        return answer.join();
    }

    private void submitUnanswered(HostWorkers host, CallKind kind, int calls) {
        IntStream.range(0, calls).forEach(n -> host.submit(kind, this::unanswered, UNREPORTED));
    }

    private static void assertAnswers(HostWorkers host, CallKind kind) throws Exception {
        assertThat(host.submit(kind, () -> "done", UNREPORTED).get(5, TimeUnit.SECONDS))
                .isEqualTo("done");
    }

    @Test
    void noMoreRunAtOnceThanAllHostsHaveTogether() throws Exception {
        var threads = new CallThreads(NEVER);
        for (var number = 0; number < 100; number++) {
            submitUnanswered(host(threads, "host-" + number, 8), CallKind.OBSERVE, 8);
        }
        await().until(() -> begun.get() == CallThreads.AT_ONCE);
        var last = host(threads, "last", 8).submit(CallKind.OBSERVE, () -> "done", UNREPORTED);
        assertThat(last).isNotDone();
        answer.complete("answer");
        assertThat(last.get(5, TimeUnit.SECONDS)).isEqualTo("done");
    }

    @Test
    void oneHostHasHalfOfThemAtMost() throws Exception {
        var threads = new CallThreads(NEVER);
        var greedy = host(threads, "greedy", 1000);
        for (var kind : List.of(CallKind.START, CallKind.LOGS, CallKind.CREATE)) {
            submitUnanswered(greedy, kind, 200);
        }
        await().until(() -> begun.get() == HostWorkers.MOST_AT_ONCE);
        assertAnswers(host(threads, "other", 8), CallKind.REMOVE);
        assertThat(begun).hasValue(HostWorkers.MOST_AT_ONCE);
    }

    @Test
    void hostsTakeTurnsAndResultsOfAllGoBeforeStarts() {
        var threads = new CallThreads(NEVER);
        var free = new CompletableFuture<String>();
        var busy = host(threads, "busy", CallThreads.AT_ONCE);
        var busyToo = host(threads, "busy too", CallThreads.AT_ONCE);
        submitUnanswered(busy, CallKind.OBSERVE, HostWorkers.MOST_AT_ONCE);
        submitUnanswered(busyToo, CallKind.OBSERVE, HostWorkers.MOST_AT_ONCE - 1);
        busyToo.submit(CallKind.OBSERVE, free::join, UNREPORTED);
        var order = new CopyOnWriteArrayList<String>();
        var one = host(threads, "one", 8);
        var other = host(threads, "other", 8);
        for (var n = 0; n < 2; n++) {
            one.submit(CallKind.START, () -> order.add("start on one"), UNREPORTED);
        }
        for (var n = 0; n < 2; n++) {
            other.submit(CallKind.START, () -> order.add("start on other"), UNREPORTED);
        }
        other.submit(CallKind.OBSERVE, () -> order.add("result on other"), UNREPORTED);
        free.complete("free");
        await().until(() -> order.size() == 5);
        assertThat(order)
                .containsExactly("result on other", "start on one", "start on other", "start on one", "start on other");
    }

    @Test
    void callsThatHangGiveTheirPlacesToOthersOfTheSameHostWhileItRespondsOtherwise() throws Exception {
        var threads = new CallThreads(Duration.ofMillis(20));
        var host = host(threads, "host", 8);
        submitUnanswered(host, CallKind.OBSERVE, 3);
        for (var n = 0; n < 3; n++) {
            submitUnanswered(host, CallKind.START, 8);
            assertAnswers(host, CallKind.OBSERVE);
        }
        assertThat(begun.get()).isGreaterThan(8);
        answer.complete("answer");
        await().until(() -> begun.get() == 3 + 3 * 8);
    }

    @Test
    void silentHostsTakeNothingFromOthers() throws Exception {
        var threads = new CallThreads(Duration.ofMillis(20));
        for (var number = 0; number < 50; number++) {
            submitUnanswered(host(threads, "silent-" + number, 8), CallKind.OBSERVE, 100);
        }
        for (var number = 0; number < 50; number++) {
            for (var kind : List.of(CallKind.LOGS, CallKind.START, CallKind.CREATE, CallKind.SAMPLE)) {
                assertAnswers(host(threads, "other-" + number, 8), kind);
            }
        }
    }

    @Test
    void soManySilentHostsThatTheirThreadsAreMoreThanAllPlacesStopNoOther() throws Exception {
        var threads = new CallThreads(Duration.ofMillis(20));
        var slow = host(threads, "slow", 8);
        submitUnanswered(slow, CallKind.CREATE, 1);
        for (var number = 0; number < 70; number++) {
            submitUnanswered(host(threads, "silent-" + number, 8), CallKind.OBSERVE, 20);
        }
        await().until(() -> begun.get() >= 2 * CallThreads.AT_ONCE);
        var other = host(threads, "other", 8);
        for (var kind : CallKind.values()) {
            assertAnswers(other, kind);
            assertAnswers(slow, kind);
        }
        // Only what began before that many were late, no more of the same hosts.
        assertThat(begun.get()).isLessThanOrEqualTo(1 + 70 * 9);
    }

    @Test
    void soManySilentHostsStopOfASlowOneOnlyWhatItIsSlowWith() throws Exception {
        var threads = new CallThreads(Duration.ofMillis(20));
        var slow = host(threads, "slow", 8);
        submitUnanswered(slow, CallKind.START, 8);
        for (var number = 0; number < 70; number++) {
            submitUnanswered(host(threads, "silent-" + number, 8), CallKind.OBSERVE, 20);
        }
        await().until(() -> begun.get() >= 2 * CallThreads.AT_ONCE);
        for (var kind : List.of(CallKind.OBSERVE, CallKind.LOGS, CallKind.STOP, CallKind.REMOVE)) {
            assertAnswers(slow, kind);
        }
    }

    @Test
    void aCallForWhichThereIsNoThreadFailsAndTheNextOneRuns() throws Exception {
        var none = new AtomicBoolean(true);
        var threads = new CallThreads(NEVER, task -> {
            if (none.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(task);
        });
        var host = host(threads, "host", 1);
        var failed = host.submit(CallKind.START, () -> "done", UNREPORTED);
        assertThat(failed)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("no thread for the call: unable to create native thread");
        none.set(false);
        assertAnswers(host, CallKind.START);
    }

    @Test
    void hostsWithManyCallsKeepNoneOfThoseWithFewWaiting() throws Exception {
        var threads = new CallThreads(NEVER);
        var free = new CompletableFuture<String>();
        var busy = host(threads, "busy", CallThreads.AT_ONCE);
        var busyToo = host(threads, "busy too", CallThreads.AT_ONCE);
        busy.submit(CallKind.OBSERVE, free::join, UNREPORTED);
        submitUnanswered(busy, CallKind.OBSERVE, 2 * HostWorkers.MOST_AT_ONCE);
        submitUnanswered(busyToo, CallKind.OBSERVE, 2 * HostWorkers.MOST_AT_ONCE);
        var start = host(threads, "other", 8).submit(CallKind.START, () -> "done", UNREPORTED);
        assertThat(start).isNotDone();
        free.complete("free");
        assertThat(start.get(5, TimeUnit.SECONDS)).isEqualTo("done");
    }

    @Test
    void aSilentHostIsOnlyTriedNowAndThenUntilItResponds() throws Exception {
        var threads = new CallThreads(Duration.ofMillis(20));
        var host = host(threads, "silent", 8);
        submitUnanswered(host, CallKind.OBSERVE, 100);
        // As many as begin before one is late, and then one by one: after 20, 40, 80, 160 and 320 ms.
        await().until(() -> begun.get() == 10);
        var waiting = host.submit(CallKind.OBSERVE, () -> "done", UNREPORTED);
        assertThat(begun.get()).isLessThanOrEqualTo(13);
        assertThat(waiting).isNotDone();
        answer.complete("answer");
        assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo("done");
        await().until(() -> begun.get() == 100);
    }

    @Test
    void threadsAreUsedAgain() throws Exception {
        var threads = new CallThreads(NEVER);
        var host = host(threads, "host", 4);
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        var calls = IntStream.range(0, 1000)
                .mapToObj(n -> host.submit(CallKind.OBSERVE, () -> used.add(Thread.currentThread()), UNREPORTED))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(calls).get(10, TimeUnit.SECONDS);
        assertThat(used).hasSizeLessThanOrEqualTo(16);
        assertThat(used)
                .allMatch(thread -> thread.isDaemon() && thread.getName().equals("docker-host"));
    }
}
