package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSpecBuilder;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.LogRequest;
import dev.longshore.docker.Redactor;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.testing.HostileAnswers;
import dev.longshore.testing.HostileDaemon;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to daemons that say too much, too little, or the wrong thing. */
class UntrustedDaemonIT {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final List<HostConnection> connections = new ArrayList<>();
    private final List<ContainerSnapshot> listed = new CopyOnWriteArrayList<>();
    private final AtomicInteger received = new AtomicInteger();
    private HostileDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = new HostileDaemon();
    }

    @AfterEach
    void stop() throws IOException {
        connections.forEach(HostConnection::close);
        daemon.close();
    }

    private HostConnection connect() {
        var connection = new HostConnection(
                "hostile",
                new Endpoint(daemon.endpoint(), null),
                new DockerJavaEngineFactory(),
                Map.of("longshore.dev/instance", "default"),
                new Listening(),
                DockerCalls.UNRECORDED,
                new CallThreads(),
                kind -> Duration.ofSeconds(2));
        connections.add(connection);
        return connection;
    }

    private final class Listening implements HostListener {
        @Override
        public void stateChanged() {}

        @Override
        public void listed(List<ContainerSnapshot> containers) {
            listed.addAll(containers);
        }

        @Override
        public void containerChanged(ContainerEvent event, long subscription) {
            received.incrementAndGet();
        }
    }

    private static void awaitDown(HostConnection connection, String... message) {
        await().atMost(LONGEST_WAIT).until(() -> connection.state() instanceof HostState.Down);
        assertThat(((HostState.Down) connection.state()).message()).contains(message);
    }

    private HostConnection ready() {
        var connection = connect();
        await().atMost(LONGEST_WAIT).until(() -> connection.state().isReady());
        return connection;
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /version", "GET /containers/json", "GET /info"})
    void anAnswerWithoutAnEndIsNotReadToTheEnd(String request) {
        var container = "{\"Id\": \"c\", \"Names\": [\"/x\"], \"State\": \"created\", \"Labels\": {\"a\": \"b\"}},";
        daemon.on(request, HostileAnswers.endless("[", container));
        awaitDown(connect(), daemon.endpoint(), "does not respond like a Docker daemon");
    }

    @Test
    void oneFieldWithoutAnEndIsNotReadEither() {
        daemon.on("GET /containers/json", HostileAnswers.endless("[{\"Id\": \"", "x"));
        awaitDown(connect(), daemon.endpoint(), "does not respond like a Docker daemon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /version", "GET /events", "GET /containers/json"})
    void headersWithoutAnEndAreNotReadEither(String request) {
        daemon.on(request, HostileAnswers.endlessHeader());
        awaitDown(connect(), daemon.endpoint(), "does not respond like a Docker daemon");
        daemon.on(request, HostileAnswers.endlessHeaders());
        awaitDown(connect(), daemon.endpoint(), "does not respond like a Docker daemon");
    }

    @Test
    void anEventWithoutAnEndIsNotReadEither() {
        daemon.on("GET /events", HostileAnswers.endless("{\"Action\": \"", "x"));
        awaitDown(connect(), "event stream");
    }

    @Test
    void theLimitIsNamed() {
        daemon.on("GET /containers/json", HostileAnswers.endless("[", "{},"));
        awaitDown(connect(), "container list exceeds the limit of 16777216 bytes");
    }

    @Test
    void aContainerOrALogThatNeverEndsIsGivenUpAlone() {
        daemon.on("GET /containers/c1/json", HostileAnswers.endless("{\"Config\": {\"Env\": [", "\"A=b\","))
                .on("GET /containers/c2/json", HostileAnswers.trickle("{\"", 100))
                .on("GET /containers/c3/logs", HostileAnswers.endless("", "\1\0\0\0\0\0\0\1x"));
        var connection = ready();
        assertUnavailable(connection, docker -> docker.inspect("c1"), "container exceeds the limit");
        assertUnavailable(connection, docker -> docker.inspect("c2"), "timed out");
        var tail = connection.call(CallKind.OBSERVE, docker -> docker.logs("c3", new LogRequest(100, Redactor.NONE)));
        assertThat(tail.join().truncated()).isTrue();
        assertThat(connection.state()).isInstanceOf(HostState.Ready.class);
    }

    private static void assertUnavailable(
            HostConnection connection, java.util.function.Function<DockerEngine, Object> call, String message) {
        assertThatThrownBy(connection.call(CallKind.OBSERVE, call)::join)
                .hasCauseInstanceOf(DockerUnavailableException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aContainerThatIsNamelessMakesNoHostUnusable() {
        var nameless = new HashMap<String, Object>(Map.of("State", "dead"));
        nameless.put("Names", null);
        daemon.on("GET /containers/json", HostileAnswers.lists(nameless));
        ready();
        assertThat(listed).hasSize(1);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"GET /version", "GET /events", "GET /containers/json", "GET /info"})
    void aDaemonThatIsSilentOrTricklesIsKnownToBeWithinTenSeconds(String request) {
        daemon.on(request, HostileAnswers.silent());
        var silent = connect();
        awaitDown(silent, "no response");
        daemon.on(request, HostileAnswers.trickle("[\"", 500));
        if (!request.equals("GET /events")) {
            awaitDown(connect(), "no response");
        }
    }

    @Test
    void labelsOfAnImageTakeNoHostAway() {
        var foreign = Map.of("k".repeat(60_000), "", "v", "v".repeat(2 << 20));
        daemon.on("GET /containers/json", (request, client) -> {
                    var labels = new HashMap<String, String>(foreign);
                    labels.putAll(request.labels());
                    HostileAnswers.lists(Map.of("Labels", labels, "Command", "c".repeat(5 << 20)))
                            .to(request, client);
                })
                .on("GET /events", HostileAnswers.endless("", new EventOf(foreign).toString()));
        var connection = ready();
        await().atMost(LONGEST_WAIT).until(() -> received.get() > 10);
        assertThat(listed)
                .isNotEmpty()
                .allSatisfy(container -> assertThat(container.labels()).containsOnlyKeys("longshore.dev/instance"));
        assertThat(connection.state().isReady()).isTrue();
    }

    private record EventOf(Map<String, String> labels) {
        @Override
        public String toString() {
            var attributes = labels.entrySet().stream()
                    .map(label -> "\"%s\": \"%s\"".formatted(label.getKey(), label.getValue()))
                    .collect(Collectors.joining(", "));
            return "{\"Action\": \"exec_start\", \"timeNano\": 1, \"Actor\": {\"ID\": \"c\", \"Attributes\": {"
                    + attributes + "}}}\n";
        }
    }

    @Test
    void aContainerThatLacksItsLabelsIsRefusedAndRemoved() {
        daemon.on("POST /containers/create", HostileAnswers.body("201 Created", "{\"Id\": \"c1\"}"))
                .on(
                        "GET /containers/c1/json",
                        HostileAnswers.json(
                                Map.of("Id", "c1", "State", Map.of("Status", "created"), "Config", Map.of())));
        var spec = ContainerSpecBuilder.builder()
                .name("x")
                .image("x")
                .labels(Map.of("longshore.dev/attempt", "1", "of-the-template", "1"))
                .build();
        assertThatThrownBy(ready().call(CallKind.CREATE, docker -> docker.create(spec))::join)
                .hasCauseInstanceOf(DockerRefusedException.class)
                .hasMessageContaining("has no Longshore labels");
        assertThat(daemon.requests()).contains("DELETE /containers/c1");
    }

    @Test
    void oneThatTakesItsTimeIsReadyInTheEnd() {
        daemon.on("GET /version", HostileAnswers.after(9_000, HostileDaemon::usual));
        var connection = connect();
        awaitDown(connection, "no response within 8s");
        await().atMost(LONGEST_WAIT).until(() -> connection.state().isReady());
    }

    @Test
    void hostsThatAreGoneLeaveNoThreads() {
        daemon.on("GET /version", HostileAnswers.trickle("{\"", 500));
        var before = threads();
        IntStream.range(0, 50).forEach(n -> connect());
        await().atMost(LONGEST_WAIT).until(() -> threads() >= before + 50);
        connections.forEach(HostConnection::close);
        await().atMost(Duration.ofSeconds(30)).until(() -> threads() <= before + 2);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("docker-")
                        && !thread.getName().equals("docker-relay"))
                .count();
    }
}
