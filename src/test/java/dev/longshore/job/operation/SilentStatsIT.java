package dev.longshore.job.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.connection.DockerCalls;
import dev.longshore.docker.connection.HostConnections;
import dev.longshore.docker.connection.HostListener;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.job.Moment;
import dev.longshore.testing.HostileAnswers;
import dev.longshore.testing.HostileDaemon;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A daemon that answers for all containers but one. */
class SilentStatsIT {
    private static final String HOST = "ns/host";

    private record Deaf() implements HostListener {
        @Override
        public void stateChanged() {}

        @Override
        public void listed(List<ContainerSnapshot> containers) {}

        @Override
        public void containerChanged(ContainerEvent event, long subscription) {}
    }

    @Test
    void theOthersAreSampledAndTheHostStays() throws Exception {
        var sample = Map.of(
                "cpu_stats", Map.of("cpu_usage", Map.of("total_usage", 1)),
                "memory_stats", Map.of("usage", 2));
        try (var daemon = new HostileDaemon()
                        .on("GET /containers/silent/stats", HostileAnswers.silent())
                        .on("GET /containers/well/stats", HostileAnswers.json(sample));
                var connections = new HostConnections(
                        new DockerJavaEngineFactory(), host -> Map.of(), host -> new Deaf(), DockerCalls.UNRECORDED)) {
            connections.connect(HOST, new Endpoint(daemon.endpoint(), null), 10);
            var connection = connections.get(HOST).orElseThrow();
            await().until(() -> connection.state() instanceof HostState.Ready);
            var sampled = new SampledHost(
                    () -> connections.get(HOST),
                    Moment::now,
                    (wait, task) -> CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)
                            .execute(task),
                    () -> {});
            var samples = new AtomicInteger();
            var interval = Duration.ofSeconds(1);
            for (var id : List.of("silent", "well")) {
                sampled.add(new SampledContainer(
                        id,
                        () -> true,
                        one -> samples.incrementAndGet(),
                        interval,
                        Moment.now().uptime()));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> samples.get() >= 8);
            assertThat(daemon.requests())
                    .filteredOn("GET /containers/silent/stats"::equals)
                    .hasSizeBetween(1, 4);
            assertThat(connection.state()).isInstanceOf(HostState.Ready.class);
        }
    }
}
