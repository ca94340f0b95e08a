package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.IdleEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Daemons that are of another version after a restart, which takes less time than anyone needs to notice it. */
class ChangedDaemonIT {
    private static final String OLDEST_IS_NEWER =
            "client version 1.41 is too old. Minimum supported API version is 1.44";

    private final List<HostState> states = new CopyOnWriteArrayList<>();
    private final List<Daemon> connected = new CopyOnWriteArrayList<>();
    private volatile String version = "20.10.24";
    /** The oldest that the daemon speaks, and Longshore does. */
    private volatile boolean isTooNew;

    private volatile HostConnection connection;

    /** Refuses everything once the daemon is of another version and does not speak that of this connection. */
    private final class Daemon extends IdleEngine {
        private final String agreed = version;
        private final boolean needsNewer;
        private final CompletableFuture<Void> streamEnd = new CompletableFuture<>();

        Daemon(boolean needsNewer) {
            this.needsNewer = needsNewer;
        }

        private void requireVersion() {
            if (needsNewer && !agreed.equals(version)) {
                throw new DockerUnavailableException(
                        DockerUnavailableException.Cause.UNSUPPORTED_API, OLDEST_IS_NEWER, null);
            }
        }

        @Override
        public EngineInfo info() {
            return new EngineInfo(
                    EngineInfo.Kind.DOCKER,
                    "id",
                    version,
                    agreed.startsWith("20") ? "1.41" : "1.44",
                    "linux",
                    "amd64",
                    1,
                    1,
                    List.of(),
                    null);
        }

        @Override
        public void ping() {
            requireVersion();
        }

        @Override
        public Optional<ContainerSnapshot> inspect(String container) {
            requireVersion();
            return Optional.empty();
        }

        @Override
        public void events(
                Instant since,
                Map<String, String> labels,
                Duration quiet,
                Runnable onOpen,
                Consumer<ContainerEvent> onEvent) {
            requireVersion();
            onOpen.run();
            if (streamEnd.isDone()) {
                super.events(since, labels, quiet, () -> {}, onEvent);
            } else {
                streamEnd.join();
            }
        }

        @Override
        public void close() {
            streamEnd.complete(null);
            super.close();
        }
    }

    private DockerEngine connect(boolean needsNewer) {
        if (isTooNew) {
            throw new DockerUnavailableException(
                    DockerUnavailableException.Cause.UNSUPPORTED_API, "requires API version 1.60 or later", null);
        }
        var daemon = new Daemon(needsNewer);
        connected.add(daemon);
        return daemon;
    }

    private HostConnection connection(boolean needsNewer) {
        connection = new HostConnection(
                "host",
                new Endpoint("unix:///docker.sock", null),
                endpoint -> connect(needsNewer),
                Map.of(),
                new HostListener() {
                    @Override
                    public void stateChanged() {
                        if (connection != null) {
                            states.add(connection.state());
                        }
                    }

                    @Override
                    public void listed(List<ContainerSnapshot> containers) {}

                    @Override
                    public void containerChanged(ContainerEvent event, long subscription) {}
                },
                DockerCalls.UNRECORDED,
                new CallThreads());
        return connection;
    }

    private static void awaitApi(HostConnection connection, String wanted) {
        await().until(() -> connection.state() instanceof HostState.Ready ready
                && ready.engine().apiVersion().equals(wanted));
    }

    /** A stream that ends within a second is an error. */
    private void restart(String newer) {
        version = newer;
        await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
        connected.get(0).streamEnd.complete(null);
    }

    @Test
    void theVersionsAreAgreedOnAgainOnceTheDaemonIsAnother() {
        try (var host = connection(false)) {
            awaitApi(host, "1.41");
            restart("29.1.3");
            awaitApi(host, "1.44");
            assertThat(connected).hasSize(2);
            assertThat(states).allMatch(HostState::isReady);
        }
    }

    @Test
    void soAreTheyWhereItNoLongerSpeaksTheVersionOfBefore() {
        try (var host = connection(true)) {
            awaitApi(host, "1.41");
            restart("29.1.3");
            awaitApi(host, "1.44");
            assertThat(states).allMatch(HostState::isReady);
        }
    }

    @Test
    void aCallThatFailsForThatIsNoRefusal() {
        try (var host = connection(true)) {
            awaitApi(host, "1.41");
            version = "29.1.3";
            var call = host.call(CallKind.OBSERVE, docker -> docker.inspect("one"));
            assertThatThrownBy(call::join).hasCauseInstanceOf(DockerUnavailableException.class);
            awaitApi(host, "1.44");
            assertThat(host.call(CallKind.OBSERVE, docker -> docker.inspect("one"))
                            .join())
                    .isEmpty();
            assertThat(states).allMatch(HostState::isReady);
        }
    }

    @Test
    void oneThatIsTooNewIsReported() {
        try (var host = connection(true)) {
            awaitApi(host, "1.41");
            isTooNew = true;
            version = "99.0";
            var call = host.call(CallKind.OBSERVE, docker -> docker.inspect("one"));
            assertThatThrownBy(call::join).hasCauseInstanceOf(DockerUnavailableException.class);
            await().until(() -> host.state() instanceof HostState.Down down
                    && down.why() == DockerUnavailableException.Cause.UNSUPPORTED_API
                    && down.message().contains("1.60"));
        }
    }
}
