package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobPhase;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.StandInDaemon;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A daemon that refuses to create whatever it is asked, beside one that is well. */
@NeedsDocker
@NeedsApiServer
class RefusingHostIT {
    private static final int JOBS = 10;

    private final AtomicBoolean full = new AtomicBoolean(true);

    @Test
    void itIsDegradedUntilItStartsAJobAndFailsNoneOfASelectors() throws IOException {
        try (var daemon = new StandInDaemon(StandInDaemon.withoutSpace(full::get));
                var operator = new TestOperator()) {
            operator.createHost("broken", "endpoint: " + daemon.endpoint());
            operator.createHost();
            operator.awaitReady("broken");
            operator.awaitReady("local");
            for (var number = 0; number < JOBS; number++) {
                operator.create(selecting("either-" + number, number));
            }
            for (var number = 0; number < JOBS; number++) {
                var status = operator.awaitFinished("either-" + number).getStatus();
                assertThat(status.phase()).as(status.message()).isEqualTo(JobPhase.COMPLETED);
                assertThat(status.host().name()).isEqualTo("local");
            }
            awaitDegraded(operator, "True", "no space left on device");
            awaitEvent(operator, "Degraded");
            operator.createJobOn("broken", "one", "command: ['true']");
            operator.createJobOn("broken", "another", "command: [echo, there]");
            full.set(false);
            assertThat(operator.awaitFinished("one").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
            assertThat(operator.awaitFinished("another").getStatus().attempt()).isEqualTo(1);
            awaitDegraded(operator, "False", "");
        }
    }

    private static String selecting(String name, int number) {
        return """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: %s
                spec:
                  hostSelector: {}
                  template: {image: 'busybox:stable', command: [echo, '%d']}
                """.formatted(name, number);
    }

    private static void awaitDegraded(TestOperator operator, String status, String message) {
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(
                                operator.host("broken").getStatus().conditions())
                        .anySatisfy(condition -> {
                            assertThat(condition.getType()).isEqualTo("Degraded");
                            assertThat(condition.getStatus()).isEqualTo(status);
                            assertThat(condition.getMessage()).contains(message);
                        }));
    }

    private static void awaitEvent(TestOperator operator, String reason) {
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(operator.client()
                                .events()
                                .v1()
                                .events()
                                .inNamespace(operator.namespace())
                                .list()
                                .getItems())
                        .filteredOn(event -> event.getRegarding().getName().equals("broken"))
                        .extracting(Event::getReason)
                        .contains(reason));
    }
}
