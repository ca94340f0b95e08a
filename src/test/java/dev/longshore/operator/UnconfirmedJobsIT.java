package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobPhase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that wait for a schedule to confirm them, and have none. */
class UnconfirmedJobsIT {
    private static final Duration SOON = TestNamespace.SOON;
    private static final String TRUE = "template: {image: 'busybox:stable', command: ['true']}";
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

    @ParameterizedTest
    @ValueSource(strings = {"x y", "..", "no/body?", "nobody"})
    void aJobOfNoScheduleGoes(String owner) {
        createUnconfirmed("abandoned", """
                  ownerReferences:
                    - {apiVersion: longshore.dev/v1, kind: ContainerCronJob, name: '%s', uid: none, controller: true}
                """.formatted(owner));
        await().atMost(SOON).until(() -> operator.job("abandoned") == null);
    }

    @Test
    void aJobThatNobodyOwnsAnyMoreStarts() {
        createUnconfirmed("orphaned", "");
        assertThat(operator.awaitFinished("orphaned").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
    }

    private static void createUnconfirmed(String name, String metadata) {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: %s
                  finalizers: [longshore.dev/scheduled]
                %s
                spec: {hostRef: {name: local}, %s}
                """.formatted(name, metadata, TRUE));
    }
}
