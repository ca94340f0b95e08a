package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.OtlpReceiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a collector gets of jobs; that of a pull is in {@link RegistryIT}. */
class TracesIT {
    private static OtlpReceiver collector;
    private static TestOperator operator;

    @BeforeAll
    static void start() {
        collector = new OtlpReceiver();
        operator = new TestOperator(collector.environment());
        operator.createHost();
    }

    @AfterAll
    static void stop() {
        operator.close();
        collector.close();
    }

    @Test
    void eachAttemptIsATraceWithoutWhatItWasGivenToKnow() {
        operator.create("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: known
                stringData:
                  password: hunter2-is-not-to-be-seen
                """);
        operator.createJob("tried-twice", """
                command: [sh, -c, 'echo $PASSWORD; exit 3']
                env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: known, key: password}}}]
                retry: {limit: 1, initialDelaySeconds: 1}
                """);
        var status = operator.awaitFinished("tried-twice").getStatus();
        var traces = collector.await("tried-twice", 2);
        traces.forEach(TracesIT::assertFailed);
        assertThat(traces)
                .extracting(trace -> trace.attribute("longshore.attempt"))
                .containsExactly("1", "2");
        assertThat(traces)
                .extracting(trace -> trace.attribute("container.id"))
                .containsExactlyElementsOf(status.attempts().stream()
                        .map(attempt -> attempt.containerID())
                        .toList());
        assertThat(collector.resource().getAttributesList())
                .anyMatch(attribute -> attribute.getKey().equals("service.name")
                        && attribute.getValue().getStringValue().equals("longshore"));
        assertThat(collector.received()).doesNotContain("hunter2", "echo");
    }

    private static void assertFailed(OtlpReceiver.Trace trace) {
        assertThat(trace.root().getName()).isEqualTo("longshore.attempt");
        assertThat(trace.parts()).containsExactly("queue", "create", "run", "record");
        assertThat(trace.isInOrder()).as(trace.toString()).isTrue();
        assertThat(trace.isError()).isTrue();
        assertThat(trace.attribute("k8s.namespace.name")).isEqualTo(operator.namespace());
        assertThat(trace.attribute("longshore.host")).isEqualTo(operator.namespace() + "/local");
        assertThat(trace.attribute("longshore.phase")).isEqualTo("Failed");
        assertThat(trace.attribute("longshore.reason")).isEqualTo("NonZeroExit");
        assertThat(trace.attribute("error.type")).isEqualTo("NonZeroExit");
        assertThat(trace.attribute("process.exit.code")).isEqualTo("3");
        assertThat(trace.attribute("container.image.name")).isEqualTo("busybox:stable");
    }

    @Test
    void ofAnAttemptThatAnotherProcessStartedThereIsWhatCanBeKnown() {
        operator.createJob("handed-over", "command: [sleep, '3']");
        operator.awaitRunning("handed-over");
        operator.restart();
        operator.awaitFinished("handed-over");
        var trace = collector.await("handed-over", 1).get(0);
        assertThat(trace.parts()).containsExactly("queue", "run", "record");
        assertThat(trace.isInOrder()).as(trace.toString()).isTrue();
        assertThat(trace.isError()).isFalse();
        assertThat(trace.attribute("longshore.phase")).isEqualTo("Completed");
        assertThat(trace.attribute("error.type")).isEmpty();
    }
}
