package dev.longshore.docker.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.IdleEngine;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.deadline.SilenceWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PolledLogTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final LogQuery FOLLOW = new LogQuery(true, null, null);

    /** A log that grows each time it was read to its end. */
    private static final class Daemon extends IdleEngine {
        private final List<LogEntry> log = new ArrayList<>();
        private final List<Runnable> later = new ArrayList<>();
        private final List<LogQuery> requested = new ArrayList<>();
        private State state = State.RUNNING;
        private boolean gone;

        void write(boolean isStderr, int milli, String text) {
            log.add(new LogEntry(isStderr, NOON.plusMillis(milli), text.getBytes(UTF_8)));
        }

        @Override
        public Optional<ContainerSnapshot> inspect(String container) {
            return gone
                    ? Optional.empty()
                    : Optional.of(ContainerSnapshotBuilder.builder()
                            .id(container)
                            .state(state)
                            .labels(Map.of())
                            .build());
        }

        @Override
        public LogStream openLog(String container, LogQuery query) {
            if (gone) {
                throw new DockerRefusedException(404, "no such container", null);
            }
            requested.add(query);
            var since = log.stream()
                    .filter(entry -> query.since() == null || !entry.time().isBefore(query.since()))
                    .toList();
            var sent = query.tail() == null
                    ? since
                    : since.subList(Math.max(0, since.size() - query.tail()), since.size());
            return new Part(List.copyOf(sent).iterator(), later);
        }
    }

    /** @param later what happens at the end of the next parts */
    private record Part(Iterator<LogEntry> entries, List<Runnable> later) implements LogStream {
        @Override
        public boolean follows() {
            return false;
        }

        @Override
        public Instant openedAt() {
            return NOON;
        }

        @Override
        public LogEntry next() {
            if (entries.hasNext()) {
                return entries.next();
            }
            if (!later.isEmpty()) {
                later.remove(0).run();
            }
            return null;
        }

        @Override
        public void close() {}
    }

    private final Daemon daemon = new Daemon();

    private PolledLog log(LogQuery query) {
        return new PolledLog(daemon, "c1", query, daemon.openLog("c1", query), Duration.ofMillis(1));
    }

    private static String read(LogStream log) {
        var text = new StringBuilder();
        for (var entry = log.next(); entry != null; entry = log.next()) {
            text.append(new String(entry.bytes(), UTF_8)).append(' ');
        }
        return text.toString();
    }

    @Test
    void allThatIsWrittenUntilTheEndIsReadOnce() {
        daemon.write(false, 1, "a");
        daemon.later.add(() -> daemon.write(false, 2, "b"));
        daemon.later.add(() -> {});
        daemon.later.add(() -> {
            daemon.write(false, 3, "c");
            daemon.write(false, 3, "d");
        });
        daemon.later.add(() -> daemon.write(true, 4, "e"));
        daemon.later.add(() -> {
            daemon.write(false, 5, "last");
            daemon.state = State.EXITED;
        });
        assertThat(read(log(FOLLOW))).isEqualTo("a b c d e last ");
        assertThat(daemon.requested).extracting(LogQuery::follow).containsOnly(true, false);
    }

    @Test
    void ofALongLogOnlyTheNewestAreAskedForUnlessMoreCame() {
        for (var line = 0; line < 100_000; line++) {
            daemon.write(false, line, "x");
        }
        daemon.later.add(() -> daemon.write(false, 200_000, "few"));
        daemon.later.add(() -> {
            for (var line = 0; line < 5_000; line++) {
                daemon.write(false, 200_001 + line, "y");
            }
            daemon.state = State.EXITED;
        });
        var text = read(log(FOLLOW));
        assertThat(text.replace("x ", "").replace("y ", "")).isEqualTo("few ");
        assertThat(text.chars().filter(c -> c == 'x').count()).isEqualTo(100_000);
        assertThat(text.chars().filter(c -> c == 'y').count()).isEqualTo(5_000);
        assertThat(daemon.requested).extracting(LogQuery::tail).containsExactly(null, 20_000, 200, null);
    }

    @Test
    void afterATailAllThatCameIsRead() {
        daemon.write(false, 1, "a");
        daemon.write(false, 2, "b");
        daemon.later.add(() -> {
            daemon.write(false, 3, "c");
            daemon.state = State.EXITED;
        });
        assertThat(read(log(new LogQuery(true, 1, null)))).isEqualTo("b c ");
    }

    @Test
    void whatWasThrownAwayMeanwhileIsAGap() {
        daemon.write(false, 1, "a");
        daemon.later.add(() -> {
            daemon.log.clear();
            daemon.write(false, 9, "z");
            daemon.state = State.EXITED;
        });
        var log = log(FOLLOW);
        assertThat(new String(log.next().bytes(), UTF_8)).isEqualTo("a");
        assertThat(log.sawGap()).isFalse();
        assertThat(new String(log.next().bytes(), UTF_8)).isEqualTo("z");
        assertThat(log.sawGap()).isTrue();
        assertThat(log.next()).isNull();
    }

    @Test
    void aContainerThatIsRemovedEndsIt() {
        daemon.write(false, 1, "a");
        daemon.later.add(() -> daemon.gone = true);
        assertThat(read(log(FOLLOW))).isEqualTo("a ");
    }

    /** Neither while it rests, which takes as long as the watch waits, nor because each part has nothing new. */
    @Test
    void aLogThatIsSilentIsNotTakenForACutConnection() {
        daemon.write(false, 1, "a");
        daemon.later.add(() -> {});
        daemon.later.add(() -> {
            daemon.write(false, 2, "b");
            daemon.state = State.EXITED;
        });
        var connections = new AtomicInteger();
        var copy = new LogCopy();
        var log = new ContainerLog(
                endpoint -> {
                    connections.incrementAndGet();
                    return daemon;
                },
                new Endpoint("tcp://127.0.0.1:9", null),
                "c1",
                Map.of());
        log.copy(
                FOLLOW,
                copy,
                new ContainerLog.Patience(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(5)));
        assertThat(copy.out()).isEqualTo("ab");
        assertThat(connections).hasValue(1);
    }

    @Test
    void aPartThatDoesNotComeIs() {
        daemon.write(false, 1, "a");
        var closed = new CountDownLatch(1);
        daemon.later.add(() -> await(closed));
        var log = log(FOLLOW);
        try (var watch = new SilenceWatch(Duration.ofMillis(20), closed::countDown)) {
            log.watchedBy(watch, () -> {});
            watch.await();
            daemon.state = State.EXITED;
            assertThat(read(log)).isEqualTo("a ");
            assertThat(watch.wasTooLong()).isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closedFromElsewhereItEndsAtOnce() {
        var log = new PolledLog(daemon, "c1", FOLLOW, daemon.openLog("c1", FOLLOW), Duration.ofHours(1));
        var reader = CompletableFuture.supplyAsync(log::next);
        log.close();
        assertThatThrownBy(reader::join).hasCauseInstanceOf(DockerUnavailableException.class);
    }
}
