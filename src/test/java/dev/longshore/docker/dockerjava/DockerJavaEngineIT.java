package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.ImageNotFoundException;
import dev.longshore.docker.LogRequest;
import dev.longshore.docker.LogTail;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A container's life on a real daemon. */
@OnEachDaemon
class DockerJavaEngineIT {
    private static LocalDocker docker;
    private static EngineUnderTest test;
    private static DockerEngine engine;

    @BeforeAll
    static void connect(LocalDocker local) {
        docker = local;
        test = new EngineUnderTest(local);
        engine = test.engine;
    }

    @AfterAll
    static void removeAll() {
        test.close();
    }

    @Test
    @Shows(Capability.DAEMON_ID)
    void saysWhatTheDaemonSaysOfItself() {
        var raw = docker.client().infoCmd().exec();
        var info = engine.info();
        docker.check(
                Capability.DAEMON_ID,
                () -> assertThat(info.id()).isEqualTo(raw.getId()),
                () -> assertThat(raw.getId())
                        .isNotEqualTo(docker.client().infoCmd().exec().getId()));
        try (var other = new DockerJavaEngineFactory().connect(docker.endpoint())) {
            assertThat(other.info()).isEqualTo(info);
        }
        assertThat(info.version()).isEqualTo(raw.getServerVersion());
        assertThat(info.cpus()).isEqualTo(raw.getNCPU());
        assertThat(info.memory()).isEqualTo(raw.getMemTotal());
        assertThat(info.os()).isEqualTo("linux");
        engine.ping();
    }

    @Test
    @Shows(Capability.LIFE)
    void aContainerIsCreatedStartedLookedAtAndRemoved() {
        var fresh = engine.create(test.shell("echo out; echo err >&2; exit 3")
                .environment(Map.of("GREETING", "a=b c"))
                .build());
        assertThat(fresh.state()).isEqualTo(ContainerSnapshot.State.CREATED);
        assertThat(fresh.exitCode()).isNull();
        assertThat(fresh.startedAt()).isNull();
        assertThat(fresh.finishedAt()).isNull();

        engine.start(fresh.id());
        var ended = test.ended(fresh.id());
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.oomKilled()).isFalse();
        assertThat(ended.startedAt()).isAfter(Instant.EPOCH);
        assertThat(ended.finishedAt()).isAfterOrEqualTo(ended.startedAt());
        assertThat(ended.labels()).containsAllEntriesOf(test.labels());
        assertThat(ended.environment()).containsEntry("GREETING", "a=b c").containsKey("PATH");
        assertThat(ended.imageId())
                .isEqualTo(engine.image(LocalDocker.IMAGE).orElseThrow().id());
        assertThat(engine.inspect(ended.name())).contains(ended);
        assertThat(engine.logs(fresh.id(), new LogRequest(100, EngineUnderTest.NO_SECRETS)))
                .isEqualTo(new LogTail("out\n", "err\n", false));

        engine.remove(fresh.id());
        assertThat(engine.inspect(fresh.id())).isEmpty();
        engine.remove(fresh.id());
    }

    @Test
    void startingARunningContainerAgainIsNoError() {
        var container = test.started(test.shell("sleep 60"));
        engine.start(container);
        assertThat(engine.inspect(container).orElseThrow().state()).isEqualTo(ContainerSnapshot.State.RUNNING);
        engine.remove(container);
        assertThat(engine.inspect(container)).isEmpty();
    }

    @Test
    void listsThoseWithTheLabelsInAnyState() {
        var created = engine.create(test.shell("true").build());
        var ended = test.run(test.shell("true"));
        assertThat(engine.list(test.labels()))
                .extracting(ContainerSnapshot::id, ContainerSnapshot::name, ContainerSnapshot::state)
                .contains(
                        tuple(created.id(), created.name(), created.state()),
                        tuple(ended.id(), ended.name(), ended.state()));
        assertThat(engine.list(Map.of("engine-test", "another"))).isEmpty();
    }

    @Test
    @Shows(Capability.NAME_TAKEN)
    void aNameThatIsTakenIsAConflict() {
        var spec = test.shell("true").build();
        engine.create(spec);
        assertThatExceptionOfType(DockerRefusedException.class)
                .isThrownBy(() -> engine.create(spec))
                .satisfies(refused -> assertThat(refused.isConflict()).isTrue());
    }

    @Test
    void anImageThatIsMissingIsSaidToBe() {
        assertThat(engine.image("nothing.example/of/the:kind")).isEmpty();
        assertThatExceptionOfType(ImageNotFoundException.class)
                .isThrownBy(() -> engine.create(
                        test.spec().image("nothing.example/of/the:kind").build()))
                .withMessageContaining("nothing.example/of/the:kind");
    }

    @Test
    @Shows(Capability.IMPOSSIBLE_COMMAND)
    void anImpossibleCommandNeverStarts() {
        var container = engine.create(
                test.spec().entrypoint(List.of("/no/such/program")).build());
        assertThatExceptionOfType(DockerRefusedException.class)
                .isThrownBy(() -> engine.start(container.id()))
                .withMessageContaining("/no/such/program");
        var after = engine.inspect(container.id()).orElseThrow();
        assertThat(after.state()).isEqualTo(ContainerSnapshot.State.CREATED);
        assertThat(after.exitCode()).isNull();
        assertThat(after.error()).contains("/no/such/program");
    }

    @Test
    @Shows(Capability.STOP)
    void stopsWithTheContainersOwnSignal() {
        var container = test.started(
                test.shell("trap 'exit 7' USR1; trap 'exit 8' TERM; echo ready; while :; do sleep 0.05; done")
                        .stopSignal("SIGUSR1"));
        awaitOutput(container);
        engine.kill(container, null);
        assertThat(test.ended(container).exitCode()).isEqualTo(7);
        engine.kill(container, null);
    }

    @Test
    @Shows(Capability.STOP)
    void stopsWithSigtermWhereNothingElseIsSaid() {
        var container = test.started(test.shell("trap 'exit 8' TERM; echo ready; while :; do sleep 0.05; done"));
        awaitOutput(container);
        engine.kill(container, null);
        assertThat(test.ended(container).exitCode()).isEqualTo(8);
    }

    @Test
    @Shows(Capability.STOP)
    void killsWhatDoesNotListen() {
        var container = test.started(test.shell("trap '' TERM; echo ready; while :; do sleep 0.05; done"));
        awaitOutput(container);
        engine.kill(container, "SIGTERM");
        engine.kill(container, "SIGKILL");
        assertThat(test.ended(container).exitCode()).isEqualTo(137);
        engine.remove(container);
        engine.kill(container, "SIGKILL");
    }

    @Test
    void whatRunsIsRemovedAtOnceHoweverLongItMayTakeToStop() {
        var container = test.started(test.shell("trap '' TERM; echo ready; while :; do sleep 0.05; done")
                .stopTimeoutSeconds(60));
        awaitOutput(container);
        assertThat(engine.removeEnded(container)).isFalse();
        var began = System.nanoTime();
        engine.remove(container);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(engine.inspect(container)).isEmpty();
        assertThat(engine.removeEnded(container)).isTrue();
    }

    @Test
    void closingEndsWhatIsInProgress() {
        var other = new DockerJavaEngineFactory().connect(docker.endpoint());
        other.close();
        assertThatExceptionOfType(DockerUnavailableException.class).isThrownBy(other::ping);
    }

    private static void awaitOutput(String container) {
        await().until(() -> engine.logs(container, new LogRequest(100, EngineUnderTest.NO_SECRETS))
                .stdout()
                .equals("ready\n"));
    }
}
