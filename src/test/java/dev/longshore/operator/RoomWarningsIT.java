package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.TestCluster;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code allocatable} that is probably a mistake: a Warning Event each, and jobs run all the same. */
@NeedsDocker
@NeedsApiServer
class RoomWarningsIT {
    private static final String ELSEWHERE = "another-of-another-team";

    @Test
    void moreThanTheDaemonHasAndTheSameGpuTwice() {
        var other = TestCluster.shared().namespace();
        try (var operator = new TestOperator(other)) {
            operator.createHost("local", """
                    endpoint: %s
                    allocatable: {cpu: 4096, memory: 4096Ti, gpus: ["0", "1"]}
                    """.formatted(LocalDocker.HOST));
            var exceeds = awaitEvent(operator, "local", "AllocatableExceedsEngine");
            assertThat(exceeds.getType()).isEqualTo("Warning");
            assertThat(exceeds.getNote())
                    .contains("allocatable.cpu 4096 is more than the daemon reports (")
                    .contains("allocatable.memory 4096Ti is more than the daemon reports (");

            theSameGpuTwice(operator, other);

            operator.createJob("runs", "command: ['true']");
            operator.awaitFinished("runs");
            assertThat(events(operator, "local", "AllocatableExceedsEngine")).hasSize(1);
            assertThat(events(operator, "local", "DuplicateGPUs")).hasSize(1);
            assertThat(operator.events())
                    .extracting(Event::getNote)
                    .noneMatch(note -> note.contains(ELSEWHERE) || note.contains(other));
        }
    }

    private static void theSameGpuTwice(TestOperator operator, String other) {
        operator.createHost("again", """
                endpoint: %s
                allocatable: {gpus: ["1", "2"]}
                """.formatted(LocalDocker.HOST));
        assertThat(awaitEvent(operator, "local", "DuplicateGPUs").getNote())
                .startsWith("allocatable.gpus: 1 also listed by DockerHost again ");
        assertThat(awaitEvent(operator, "again", "DuplicateGPUs").getNote())
                .startsWith("allocatable.gpus: 1 also listed by DockerHost local ");

        operator.createIn(other, """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: %s}
                spec: {endpoint: '%s', allocatable: {gpus: ["2"]}}
                """.formatted(ELSEWHERE, LocalDocker.HOST));
        await().atMost(TestNamespace.SOON)
                .untilAsserted(() -> assertThat(events(operator, "again", "DuplicateGPUs"))
                        .extracting(Event::getNote)
                        .anyMatch(note -> note.contains("DockerHost local, another DockerHost with")));
    }

    private static Event awaitEvent(TestNamespace namespace, String host, String reason) {
        return await(reason + " of " + host)
                .atMost(TestNamespace.SOON)
                .until(() -> events(namespace, host, reason), events -> !events.isEmpty())
                .get(0);
    }

    private static List<Event> events(TestNamespace namespace, String host, String reason) {
        return namespace.events().stream()
                .filter(event -> event.getRegarding().getKind().equals("DockerHost")
                        && event.getRegarding().getName().equals(host)
                        && event.getReason().equals(reason))
                .toList();
    }
}
