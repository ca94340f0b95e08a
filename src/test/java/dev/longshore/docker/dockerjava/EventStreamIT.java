package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The event stream of a real daemon. */
@OnEachDaemon
@Shows(Capability.EVENTS)
class EventStreamIT {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<ContainerEvent> events = new CopyOnWriteArrayList<>();
    private EngineUnderTest test;

    @BeforeEach
    void connect(LocalDocker docker) {
        test = new EngineUnderTest(docker);
    }

    @AfterEach
    void removeAll() {
        test.close();
    }

    private void follow(Instant since, Duration quiet) {
        test.engine.events(since, test.labels(), quiet, () -> received.add("open"), event -> {
            received.add(event.action());
            events.add(event);
        });
    }

    private CompletableFuture<Void> followElsewhere() {
        var stream = CompletableFuture.runAsync(() -> follow(null, LONG));
        await().until(() -> received.contains("open"));
        return stream;
    }

    @Test
    void opensFirstAndThenTellsWhatHappens() {
        var stream = followElsewhere();
        var container = test.run(test.shell("exit 4"));
        await().until(() -> received.contains("die"));
        assertThat(received.get(0)).isEqualTo("open");
        assertThat(received).containsSubsequence("create", "start", "die");
        assertThat(events).extracting(ContainerEvent::container).containsOnly(container.id());
        assertThat(events).last().satisfies(die -> {
            assertThat(die.labels()).containsAllEntriesOf(test.labels());
            assertThat(die.time()).isAfterOrEqualTo(container.finishedAt());
        });
        test.engine.close();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> stream.get(5, TimeUnit.SECONDS))
                .withCauseInstanceOf(DockerUnavailableException.class);
    }

    @Test
    void tellsThatAContainerIsGone() {
        var stream = followElsewhere();
        test.engine.remove(test.started(test.shell("sleep 60")));
        await().until(() -> received.contains("destroy"));
        assertThat(received).containsSubsequence("create", "start", "die", "destroy");
        assertThat(stream).isNotDone();
    }

    @Test
    void receivesNothingOfOthers(LocalDocker docker) {
        var stream = followElsewhere();
        try (var other = new EngineUnderTest(docker)) {
            other.run(other.shell("true"));
        }
        test.run(test.shell("true"));
        await().until(() -> received.contains("die"));
        assertThat(events)
                .extracting(ContainerEvent::labels)
                .allSatisfy(labels -> assertThat(labels).containsAllEntriesOf(test.labels()));
        assertThat(stream).isNotDone();
    }

    @Test
    void whatWasMissedIsSentAgain() {
        var first = test.run(test.shell("true"));
        follow(Instant.EPOCH.plus(Duration.ofDays(1)), SHORT);
        var die = events.stream()
                .filter(event -> event.action().equals("die"))
                .findFirst()
                .orElseThrow();
        assertThat(die.container()).isEqualTo(first.id());
        received.clear();
        events.clear();

        var second = test.run(test.shell("true"));
        follow(die.time(), SHORT);
        assertThat(received.get(0)).isEqualTo("open");
        assertThat(events).extracting(ContainerEvent::container).contains(second.id());
        assertThat(events).allSatisfy(event -> assertThat(event.time()).isAfterOrEqualTo(die.time()));
    }

    /** Who lists the containers once it is open, and hears what comes after, has missed none. */
    @Test
    void whatHappensOnceItIsOpenIsHeard() {
        var ran = new AtomicReference<ContainerSnapshot>();
        test.engine.events(
                null, test.labels(), Duration.ofSeconds(2), () -> ran.set(test.run(test.shell("true"))), events::add);
        assertThat(events)
                .filteredOn(event -> event.action().equals("start"))
                .extracting(ContainerEvent::container)
                .containsExactly(ran.get().id());
    }

    @Test
    void anEndOfWhichThereIsNoEventWasMissedUnlessItMayBeForgotten(LocalDocker docker) {
        var ended = test.run(test.shell("exit 255"));
        assertThat(test.engine.missedEnd(ended.id(), ended.finishedAt())).isFalse();
        var lost = "f".repeat(64);
        assertThat(test.engine.missedEnd(lost, ended.finishedAt())).isTrue();
        // More than Docker remembers.
        for (var i = 0; i < 130; i++) {
            docker.client()
                    .tagImageCmd(LocalDocker.IMAGE, test.id, "tag")
                    .withForce()
                    .exec();
            docker.client().removeImageCmd(test.id + ":tag").exec();
        }
        assertThat(test.engine.missedEnd(ended.id(), ended.finishedAt())).isFalse();
        assertThat(test.engine.missedEnd(lost, ended.finishedAt())).isFalse();
    }

    @Test
    void silenceEndsTheStreamWithoutAnError() {
        var began = System.nanoTime();
        follow(null, SHORT);
        assertThat(received).containsExactly("open");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT, Duration.ofSeconds(5));
    }

    @Test
    void aSubscriberThatFailsEndsTheStream() {
        assertThatExceptionOfType(DockerUnavailableException.class)
                .isThrownBy(() -> test.engine.events(
                        null,
                        test.labels(),
                        LONG,
                        () -> {
                            throw new IllegalStateException("not now");
                        },
                        event -> received.add("event")))
                .withMessageContaining("not now");
        assertThat(received).isEmpty();
    }
}
