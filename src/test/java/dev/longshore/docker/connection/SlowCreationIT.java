package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.ContainerSpecBuilder;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.testing.HostileAnswers;
import dev.longshore.testing.HostileDaemon;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A daemon that takes its time to make a container, and goes on when nobody waits for it any more. */
@Execution(ExecutionMode.CONCURRENT)
class SlowCreationIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Map<String, String> LABELS = Map.of("longshore.dev/job-uid", "u1");
    private static final ContainerSpec SPEC = spec("busybox:stable");

    private final AtomicInteger creations = new AtomicInteger();
    /** When there is a container of that name, by {@code System.nanoTime()}; 0: never. */
    private final AtomicLong createdAt = new AtomicLong();

    private HostileDaemon daemon;
    private HostConnection connection;

    @BeforeEach
    void start() throws IOException {
        daemon = new HostileDaemon()
                .on("GET /containers/longshore-u1-1/json", this::inspect)
                .on("GET /containers/c1/json", this::inspect);
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        daemon.close();
    }

    private void connect(Function<CallKind, Duration> deadlines) {
        connection = new HostConnection(
                "slow",
                new Endpoint(daemon.endpoint(), null),
                new DockerJavaEngineFactory(),
                Map.of(),
                new Deaf(),
                DockerCalls.UNRECORDED,
                new CallThreads(),
                deadlines);
        await().atMost(SOON).until(() -> connection.state().isReady());
    }

    /** The first request makes it within {@code millis}; all others find that the name is taken. */
    private HostileDaemon.Answer creates(long millis) {
        return (request, client) -> {
            if (creations.getAndIncrement() > 0) {
                HostileAnswers.body("409 Conflict", "{\"message\": \"Conflict. The container name is already in use\"}")
                        .to(request, client);
                return;
            }
            if (millis > 0) {
                createdAt.set(System.nanoTime() + millis * 1_000_000);
            }
            HostileAnswers.after(millis > 0 ? millis : 60_000, HostileAnswers.body("201 Created", "{\"Id\": \"c1\"}"))
                    .to(request, client);
        };
    }

    private void inspect(HostileDaemon.Request request, java.net.Socket client) throws IOException {
        var isThere = createdAt.get() != 0 && System.nanoTime() - createdAt.get() > 0;
        var answer = isThere
                ? HostileAnswers.json(Map.of(
                        "Id",
                        "c1",
                        "Name",
                        "/longshore-u1-1",
                        "State",
                        Map.of("Status", "created"),
                        "Config",
                        Map.of("Labels", LABELS)))
                : HostileAnswers.body("404 Not Found", "{\"message\": \"No such container: longshore-u1-1\"}");
        answer.to(request, client);
    }

    private static ContainerSpec spec(String image) {
        return ContainerSpecBuilder.builder()
                .name("longshore-u1-1")
                .image(image)
                .labels(LABELS)
                .environment(Map.of("A", "b", "C", "d"))
                .mounts(List.of(new ContainerSpec.Volume("/data", "data", false)))
                .build();
    }

    private CompletableFuture<ContainerSnapshot> create(ContainerSpec spec) {
        return connection.call(CallKind.CREATE, docker -> docker.create(spec));
    }

    private static Duration fourSeconds(CallKind kind) {
        return Duration.ofSeconds(4);
    }

    @Test
    void hasTheTimeOfItsKindOfCall() {
        daemon.on("POST /containers/create", creates(31_000));
        connect(CallKind::deadline);
        assertThat(create(SPEC).join().id()).isEqualTo("c1");
        assertThat(creations).hasValue(1);
    }

    @Test
    void whatComesOfARequestThatNobodyWaitedForIsTakenByTheNext() {
        daemon.on("POST /containers/create", creates(5_000));
        connect(SlowCreationIT::fourSeconds);
        assertThatThrownBy(create(SPEC)::join).hasCauseInstanceOf(DockerUnavailableException.class);
        assertThat(connection.state().isReady()).isTrue();

        assertThat(create(spec("busybox:stable")).join().id()).isEqualTo("c1");
        assertThat(creations).hasValue(2);
        assertThat(daemon.requests()).noneMatch(request -> request.startsWith("DELETE"));
    }

    @Test
    void unlessSomethingElseIsWantedByNow() {
        daemon.on("POST /containers/create", creates(5_000));
        connect(SlowCreationIT::fourSeconds);
        assertThatThrownBy(create(SPEC)::join).hasCauseInstanceOf(DockerUnavailableException.class);
        assertThatThrownBy(create(spec("busybox:other"))::join)
                .hasCauseInstanceOf(DockerRefusedException.class)
                .hasMessageContaining("already in use");
    }

    @Test
    void oneThatNeverComesIsNotAwaitedForEver() {
        daemon.on("POST /containers/create", creates(0));
        connect(SlowCreationIT::fourSeconds);
        assertThatThrownBy(create(SPEC)::join).hasCauseInstanceOf(DockerUnavailableException.class);
        assertThatThrownBy(create(SPEC)::join)
                .hasCauseInstanceOf(DockerRefusedException.class)
                .hasMessageContaining("longshore-u1-1")
                .hasMessageContaining("restart the daemon");
    }

    private static final class Deaf implements HostListener {
        @Override
        public void stateChanged() {}

        @Override
        public void listed(List<ContainerSnapshot> containers) {}

        @Override
        public void containerChanged(ContainerEvent event, long subscription) {}
    }
}
