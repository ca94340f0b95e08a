package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.longshore.api.DockerHost;
import dev.longshore.api.EventSink;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.ApiServerRelay;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.OperatorProcess;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Events are held while statuses are written: not for long, not out of order, and not until it is too late. */
@NeedsApiServer
@NeedsDocker
class EventsAtExitIT {
    private static final int OBJECTS = 20;
    private static final int EACH = 10;

    private static DockerHost host(String namespace, String name) {
        var host = new DockerHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid("uid of " + name)
                .build());
        return host;
    }

    private static List<Event> stored(ApiServer server, String namespace) {
        return server.client()
                .events()
                .v1()
                .events()
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    @Test
    void whatIsHeldAtTheEndIsStoredInOrder(ApiServer server) {
        var namespace = server.namespace();
        var hosts = IntStream.range(0, OBJECTS)
                .mapToObj(n -> host(namespace, "host-" + n))
                .toList();
        try (var sink = new KubernetesEvents(server.client(), "test", () -> true)) {
            for (var n = 0; n < EACH; n++) {
                for (var host : hosts) {
                    sink.record(host, EventSink.Type.NORMAL, "Number", Integer.toString(n));
                }
            }
        }
        var events = stored(server, namespace);
        for (var host : hosts) {
            var notes = events.stream()
                    .filter(event -> event.getRegarding()
                            .getName()
                            .equals(host.getMetadata().getName()))
                    .sorted(Comparator.comparingLong(
                            event -> Long.parseLong(event.getMetadata().getResourceVersion())))
                    .map(Event::getNote)
                    .toList();
            assertThat(notes)
                    .isEqualTo(
                            IntStream.range(0, EACH).mapToObj(Integer::toString).toList());
        }
    }

    @Test
    void whereItIsNeverQuietTheyComeAllTheSame(ApiServer server) {
        var host = host(server.namespace(), "host");
        try (var sink = new KubernetesEvents(server.client(), "test", () -> true)) {
            var began = System.nanoTime();
            sink.record(host, EventSink.Type.NORMAL, "Number", "1");
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() ->
                            !stored(server, host.getMetadata().getNamespace()).isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(EventHold.LONGEST, EventHold.LONGEST.plusSeconds(1));
        }
    }

    /** SIGTERM comes with the last result. */
    @Test
    void anOperatorThatIsStoppedLosesNone(ApiServer server) {
        server.installCrds();
        var cluster = new TestNamespace();
        var jobs = new ArrayList<String>();
        try (var operator = new OperatorProcess("one", cluster.namespace())) {
            cluster.createHost("local", "endpoint: " + LocalDocker.HOST + "\nmaxConcurrentJobs: 4");
            for (var n = 0; n < 12; n++) {
                jobs.add("job-" + n);
                cluster.createJob("job-" + n, "command: [sh, -c, 'exit " + n % 2 + "']");
            }
            jobs.forEach(cluster::awaitFinished);
            var began = System.nanoTime();
            assertThat(operator.terminate()).isIn(0, 143);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
        }
        var events = cluster.events();
        for (var job : jobs) {
            assertThat(events.stream()
                            .filter(event -> event.getRegarding().getName().equals(job))
                            .filter(event -> !event.getReason().equals("PullingImage"))
                            .sorted(Comparator.comparingLong(
                                    event -> Long.parseLong(event.getMetadata().getResourceVersion())))
                            .map(Event::getReason))
                    .as(job)
                    .containsSubsequence("Started", job.matches(".*[02468]") ? "Completed" : "NonZeroExit");
        }
    }

    /** Nothing is answered: the end comes in time, and the log says what is missing. */
    @Test
    void aSilentApiServerDelaysNoEnd() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(KubernetesEvents.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        try (var relay = new ApiServerRelay()) {
            relay.beSilent();
            var sink = new KubernetesEvents(relay.client(), "test", () -> false);
            for (var n = 0; n < 50; n++) {
                sink.record(host("ns", "host-" + n), EventSink.Type.NORMAL, "Number", "1");
            }
            var began = System.nanoTime();
            sink.close(System.nanoTime() + Duration.ofSeconds(1).toNanos());
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
            sink.record(host("ns", "late"), EventSink.Type.NORMAL, "Number", "1");
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.startsWith("lost Events at shutdown, the API server is too slow: 50 in all")
                        && line.contains("Number of DockerHost ns/host-"))
                .anyMatch(line -> line.contains("1 in all") && line.contains("ns/late"));
    }
}
