package dev.longshore.docker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.docker.dockerjava.EngineUnderTest;
import dev.longshore.testing.Capability;
import dev.longshore.testing.FreezingRelay;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import dev.longshore.testing.StandInDaemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logs copied from a real daemon, over connections that break. */
@OnEachDaemon
@Shows(Capability.LOG_FOLLOWED)
class ContainerLogIT {
    private static final LogQuery FOLLOW = new LogQuery(true, null, null);
    private static final int TICKS = 100;
    /** Both streams, for more than a second. */
    private static final String TICKING =
            "i=0; while [ $i -lt %d ]; do i=$((i+1)); echo $i; echo $i >&2; sleep 0.01; done".formatted(TICKS);

    private static EngineUnderTest test;
    private static LocalDocker docker;

    private final LogCopy copy = new LogCopy();

    @BeforeAll
    static void connect(LocalDocker local) {
        docker = local;
        test = new EngineUnderTest(local);
    }

    @AfterAll
    static void removeAll() {
        test.close();
    }

    private static ContainerLog log(String container) {
        return log(container, docker.endpoint());
    }

    private static ContainerLog log(String container, Endpoint endpoint) {
        return new ContainerLog(new DockerJavaEngineFactory(), endpoint, container, test.labels());
    }

    private static ContainerLog log(String container, String endpoint) {
        return log(container, new Endpoint(endpoint, null));
    }

    private static String numbers() {
        return IntStream.rangeClosed(1, TICKS).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    private static ContainerLog.Patience patience(Duration silence) {
        return new ContainerLog.Patience(Duration.ofSeconds(5), silence, Duration.ofSeconds(10));
    }

    @Test
    void bothStreamsAreFollowedFromTheStartToTheEnd() {
        var container = test.started(test.shell(TICKING));
        assertThat(log(container).copy(FOLLOW, copy)).isTrue();
        assertThat(copy.out()).isEqualTo(numbers());
        assertThat(copy.err()).isEqualTo(numbers());
        assertThat(copy.cuts).isEmpty();
        assertThat(test.ended(container).exitCode()).isZero();
    }

    @Test
    void withoutFollowingItEndsWithWhatThereIs() {
        var container = test.started(test.shell("echo first; sleep 60"));
        var following = new LogCopy() {
            @Override
            public void write(LogEntry entry) {
                throw new UncheckedIOException(new IOException("seen enough"));
            }
        };
        assertThatThrownBy(() -> log(container).copy(FOLLOW, following)).hasMessageContaining("seen enough");
        assertThat(log(container).copy(LogQuery.ALL, copy)).isTrue();
        assertThat(copy.out()).isEqualTo("first\n");
    }

    @Test
    void twentyMegabytesComeThroughWhole() {
        var container = test.run(test.shell("seq 1 20000 | sed 's/$/ %s/'".formatted("x".repeat(1000))))
                .id();
        assertThat(log(container).copy(LogQuery.ALL, copy)).isTrue();
        var number = 0;
        for (var line : copy.out().lines().toList()) {
            number++;
            if (!line.equals(number + " " + "x".repeat(1000))) {
                throw new AssertionError("line " + number + " is not as it was written");
            }
        }
        assertThat(number).isEqualTo(20_000);
    }

    @Test
    void aLineLongerThanTheDaemonsBufferIsWholeAndUnmarked() {
        var container = test.run(test.shell("head -c 40000 /dev/zero | tr '\\0' x; printf '\\033[1m\\0\\n'"))
                .id();
        log(container).copy(LogQuery.ALL, copy);
        assertThat(copy.out().equals("x".repeat(40_000) + "\033[1m\0\n")).isTrue();
        assertThat(copy.times).hasSizeGreaterThan(1);
    }

    @Test
    void onlyTheLastEntriesOrThoseSinceATimeAreAskedFor() {
        var container = test.run(test.shell("echo one; sleep 0.01; echo two; sleep 0.01; echo three"))
                .id();
        log(container).copy(new LogQuery(false, 2, null), copy);
        assertThat(copy.out()).isEqualTo("two\nthree\n");
        var later = new LogCopy();
        log(container).copy(new LogQuery(false, null, copy.times.get(1)), later);
        assertThat(later.out()).isEqualTo("three\n");
    }

    @Test
    void aStreamThatIsCutGoesOnWhereItWas() throws IOException {
        try (var relay = new FreezingRelay()) {
            var cutting = new LogCopy() {
                @Override
                public void write(LogEntry entry) {
                    super.write(entry);
                    if (times.size() % 70 == 0) {
                        ContainerLogIT.cut(relay);
                    }
                }
            };
            assertThat(log(test.started(test.shell(TICKING)), relay.endpoint()).copy(FOLLOW, cutting))
                    .isTrue();
            assertThat(cutting.out()).isEqualTo(numbers());
            assertThat(cutting.err()).isEqualTo(numbers());
            assertThat(cutting.cuts).hasSizeGreaterThan(1);
        }
    }

    private static void cut(FreezingRelay relay) {
        try {
            relay.cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aStreamThatIsCutWithoutAWordGoesOnWhereItWas() throws IOException {
        try (var relay = new FreezingRelay()) {
            var freezing = new LogCopy() {
                @Override
                public void write(LogEntry entry) {
                    super.write(entry);
                    if (times.size() == 50) {
                        relay.freeze();
                    }
                }
            };
            var log = log(test.started(test.shell(TICKING)), relay.endpoint());
            assertThat(log.copy(FOLLOW, freezing, patience(Duration.ofMillis(500))))
                    .isTrue();
            assertThat(freezing.out()).isEqualTo(numbers());
            assertThat(freezing.err()).isEqualTo(numbers());
            assertThat(freezing.cuts).isEmpty();
        }
    }

    @Test
    void aDaemonThatStaysAwayIsGivenUp() throws IOException {
        var container = test.started(test.shell("echo first; sleep 60"));
        try (var relay = new FreezingRelay()) {
            var closing = new LogCopy() {
                @Override
                public void write(LogEntry entry) {
                    super.write(entry);
                    try {
                        relay.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    ContainerLogIT.cut(relay);
                }
            };
            var log = log(container, relay.endpoint());
            var soon = new ContainerLog.Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(1));
            assertThatThrownBy(() -> log.copy(FOLLOW, closing, soon))
                    .isInstanceOf(DockerUnavailableException.class)
                    .hasMessageContaining("connection refused");
            assertThat(closing.cuts).hasSize(1);
        }
    }

    @Test
    void aDaemonThatNeverAnswersIsNotWaitedFor() throws IOException {
        try (var frozen = new StandInDaemon(StandInDaemon.neverAnswers())) {
            var soon = new ContainerLog.Patience(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1));
            assertThatThrownBy(() -> log("any", frozen.endpoint()).copy(FOLLOW, copy, soon))
                    .isInstanceOf(DockerUnavailableException.class)
                    .hasMessage(frozen.endpoint() + ": no response within 1s");
        }
    }

    @Test
    void aContainerThatIsNotThereOrSomeoneElsesIsNotCopied() {
        assertThat(log("no-such-container").copy(LogQuery.ALL, copy)).isFalse();
        var container = test.run(test.shell("echo secret")).id();
        var other = new ContainerLog(
                new DockerJavaEngineFactory(), docker.endpoint(), container, Map.of("engine-test", "other"));
        assertThat(other.copy(LogQuery.ALL, copy)).isFalse();
        assertThat(copy.out()).isEmpty();
    }

    @Test
    void aLogThatTheDaemonDoesNotKeepIsRefusedInItsWords() {
        var container = docker.client()
                .createContainerCmd(LocalDocker.IMAGE)
                .withCmd("true")
                .withLabels(test.labels())
                .withHostConfig(HostConfig.newHostConfig().withLogConfig(new LogConfig(LogConfig.LoggingType.NONE)))
                .exec()
                .getId();
        assertThatThrownBy(() -> log(container).copy(FOLLOW, copy))
                .isInstanceOf(DockerRefusedException.class)
                .satisfies(refused -> assertThat(((DockerRefusedException) refused).isNotImplemented())
                        .isTrue());
    }
}
