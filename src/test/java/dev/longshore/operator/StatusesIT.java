package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerTemplate;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What hosts and templates say, and the Events of hosts and jobs. */
class StatusesIT {
    private static TestOperator operator;

    @BeforeAll
    static void start() {
        operator = new TestOperator();
        operator.createHost();
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @Test
    void aHostReportsItsEngine() {
        await().atMost(TestOperator.SOON).untilAsserted(() -> {
            var status = operator.host("local").getStatus();
            assertThat(status.conditions()).extracting("type").containsExactly("Ready", "Schedulable", "Degraded");
            assertThat(status.conditions()).extracting("status").containsExactly("True", "True", "False");
            assertThat(status.engine().version()).isNotBlank();
            assertThat(status.engine().apiVersion()).matches("1\\.\\d+");
            assertThat(status.engine().cpus()).isPositive();
            assertThat(status.observedGeneration()).isEqualTo(1);
        });
    }

    @Test
    void aTlsHostNamesTheSecretThatIsMissing() {
        operator.createHost("tls", """
                endpoint: tcp://127.0.0.1:2376
                tls: {secretName: no-such-secret}
                """);
        operator.awaitNotReady("tls", "SecretNotFound", "no-such-secret");
    }

    @Test
    void aTemplateCountsItsJobs() {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata:
                  name: counted
                spec:
                  image: busybox:stable
                  command: [sh, -c]
                  args: [exit 0]
                """);
        List.of("exit 0", "exit 1").forEach(script -> operator.create("""
                        apiVersion: longshore.dev/v1
                        kind: ContainerJob
                        metadata:
                          name: %s
                        spec:
                          hostRef: {name: local}
                          templateRef: {name: counted}
                          args: [%s]
                        """.formatted(script.replace(' ', '-'), script)));
        await().atMost(TestOperator.SOON).untilAsserted(() -> {
            var status = operator.client()
                    .resources(ContainerTemplate.class)
                    .inNamespace(operator.namespace())
                    .withName("counted")
                    .get()
                    .getStatus();
            assertThat(status.jobs()).isNotNull();
            assertThat(status.jobs().total()).isEqualTo(2);
            assertThat(status.jobs().completed()).isEqualTo(1);
            assertThat(status.jobs().failed()).isEqualTo(1);
            assertThat(status.jobs().active()).isZero();
            assertThat(status.lastFinishedAt()).isNotNull();
            assertThat(status.conditions().get(0).getStatus()).isEqualTo("True");
        });
    }

    @Test
    void eventsShowTheHistoryOfAJob() {
        operator.createJob("story", "command: [sh, -c, 'exit 9']");
        awaitEvents(operator.awaitFinished("story"), "Started", "NonZeroExit");
    }

    @Test
    void eventsShowTheHistoryOfAHost() {
        awaitEvents(operator.host("local"), "Ready");
        operator.createHost("away", "endpoint: unix:///no/such/docker.sock");
        awaitEvents(operator.host("away"), "Unreachable");
    }

    private static void awaitEvents(HasMetadata regarding, String... reasons) {
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(operator.client()
                                .events()
                                .v1()
                                .events()
                                .inNamespace(operator.namespace())
                                .list()
                                .getItems())
                        .filteredOn(event -> event.getRegarding()
                                .getUid()
                                .equals(regarding.getMetadata().getUid()))
                        .extracting("reason")
                        .containsExactlyInAnyOrder(reasons));
    }
}
