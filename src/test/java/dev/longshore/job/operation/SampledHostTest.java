package dev.longshore.job.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.ResourceSample;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.connection.PullRequest;
import dev.longshore.job.Moment;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SampledHostTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration CALL = Duration.ofMillis(2);
    private static final Duration HANG = Duration.ofSeconds(5);

    private record Timer(Duration at, Runnable task) {}

    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparing(Timer::at));
    private final List<String> samples = new ArrayList<>();
    private final List<String> gone = new ArrayList<>();
    private final List<String> hanging = new ArrayList<>();
    private Duration now = Duration.ofDays(3);
    private int calls;
    private boolean ready = true;
    private boolean emptied;

    private final DockerEngine docker = (DockerEngine) Proxy.newProxyInstance(
            DockerEngine.class.getClassLoader(), new Class<?>[] {DockerEngine.class}, (proxy, method, args) -> {
                assertThat(method.getName()).isEqualTo("stats");
                return sample((String) args[0]);
            });

    private final SampledHost host = new SampledHost(
            () -> Optional.of(new Access()),
            () -> new Moment(Instant.EPOCH, now),
            (wait, task) -> timers.add(new Timer(now.plus(wait), task)),
            () -> emptied = true);

    private Optional<ResourceSample> sample(String container) {
        samples.add(container);
        now = now.plus(hanging.contains(container) ? HANG : CALL);
        if (hanging.contains(container)) {
            throw unavailable();
        }
        return Optional.empty();
    }

    private static DockerUnavailableException unavailable() {
        return new DockerUnavailableException(DockerUnavailableException.Cause.UNREACHABLE, "no response", null);
    }

    private final class Access implements HostAccess {
        @Override
        public HostState state() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> CompletableFuture<T> call(CallKind kind, Function<DockerEngine, T> work) {
            assertThat(kind).isEqualTo(CallKind.SAMPLE);
            calls++;
            try {
                return ready
                        ? CompletableFuture.completedFuture(work.apply(docker))
                        : CompletableFuture.failedFuture(unavailable());
            } catch (DockerUnavailableException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public CompletableFuture<String> pull(PullRequest request) {
            throw new UnsupportedOperationException();
        }
    }

    private void add(int count) {
        for (var n = 0; n < count; n++) {
            add("c" + n);
        }
    }

    private void add(String id) {
        host.add(new SampledContainer(id, () -> !gone.contains(id), sample -> {}, INTERVAL, now.plusSeconds(1)));
    }

    private void pass(Duration time) {
        var until = now.plus(time);
        while (!timers.isEmpty() && timers.peek().at().compareTo(until) <= 0) {
            var next = timers.remove();
            now = next.at().compareTo(now) > 0 ? next.at() : now;
            next.task().run();
        }
        now = until;
    }

    private int samples(String container) {
        return Collections.frequency(samples, container);
    }

    @Test
    void hundredsThatBeganTogetherAreSpreadAndEachKeepsItsInterval() {
        add(500);
        pass(Duration.ofSeconds(101));
        assertThat(samples).hasSizeBetween(500 * 10, 500 * 11);
        for (var n = 0; n < 500; n++) {
            assertThat(samples("c" + n)).isBetween(10, 11);
        }
        assertThat(calls).isLessThan(2 * 100 + 2);
        var before = samples.size();
        pass(Duration.ofSeconds(1));
        assertThat(samples.size() - before).isLessThan(100);
    }

    @Test
    void fewAreSampledWhenTheyAreDue() {
        add(2);
        pass(Duration.ofSeconds(65));
        assertThat(samples("c0")).isEqualTo(7);
        assertThat(samples("c1")).isEqualTo(7);
        assertThat(calls).isEqualTo(7);
        assertThat(timers).hasSize(1);
    }

    /** Of those that start one after the other. */
    @Test
    void fewPassesAreEnoughForAllOfAHost() {
        for (var n = 0; n < 25; n++) {
            add("c" + n);
            pass(Duration.ofMillis(397));
        }
        pass(Duration.ofMinutes(2));
        calls = 0;
        samples.clear();
        pass(Duration.ofSeconds(100));
        assertThat(samples).hasSizeBetween(250, 275);
        assertThat(calls).isLessThanOrEqualTo(12);
    }

    @Test
    void oneThatIsSampledOftenDoesNotTakeTheOthersAlongAsOften() {
        add("c0");
        host.add(new SampledContainer("often", () -> true, sample -> {}, Duration.ofSeconds(1), now.plusSeconds(1)));
        pass(Duration.ofSeconds(901));
        assertThat(samples("often")).isBetween(890, 902);
        assertThat(samples("c0")).isBetween(90, 101);
    }

    @Test
    void oneThatDoesNotAnswerDelaysTheOthersLittleAndEverLessOften() {
        add(20);
        hanging.add("c3");
        pass(Duration.ofMinutes(10));
        assertThat(samples("c3")).isBetween(5, 8);
        for (var n = 0; n < 20; n++) {
            if (n != 3) {
                assertThat(samples("c" + n)).isBetween(55, 61);
            }
        }
        hanging.clear();
        pass(Duration.ofMinutes(10));
        assertThat(samples("c3")).isGreaterThan(30);
    }

    @Test
    void aHostThatIsNotReadyIsTriedOnceAnInterval() {
        add(20);
        ready = false;
        pass(Duration.ofMinutes(1));
        assertThat(samples).isEmpty();
        assertThat(calls).isLessThanOrEqualTo(7);
        ready = true;
        pass(Duration.ofSeconds(11));
        assertThat(samples).hasSizeBetween(20, 40);
    }

    @Test
    void nothingIsDoneOnceAllHaveEnded() {
        add(3);
        pass(Duration.ofSeconds(5));
        gone.addAll(List.of("c0", "c1"));
        pass(Duration.ofSeconds(30));
        assertThat(samples("c0")).isEqualTo(1);
        assertThat(samples("c2")).isEqualTo(4);
        assertThat(emptied).isFalse();
        gone.add("c2");
        pass(Duration.ofSeconds(30));
        assertThat(emptied).isTrue();
        assertThat(host.isEmpty()).isTrue();
        assertThat(timers).isEmpty();
    }
}
