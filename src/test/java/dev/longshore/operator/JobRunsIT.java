package dev.longshore.operator;

import static dev.longshore.operator.TestOperator.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.Capability;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person applies manifests, and sees what became of them. */
@OnEachDaemon
class JobRunsIT {
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
    @Shows(Capability.LIFE)
    void threeManifestsMakeAFinishedJob() {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata:
                  name: hello
                spec:
                  image: busybox:stable
                  command: [sh, -c, "echo out; echo err >&2"]
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: hello
                spec:
                  hostRef: {name: local}
                  templateRef: {name: hello}
                """);
        var job = operator.awaitFinished("hello");
        var status = job.getStatus();
        assertCompleted(status);
        assertThat(status.containerName())
                .isEqualTo("longshore-" + job.getMetadata().getUid() + "-1");
        assertThat(status.attempt()).isEqualTo(1);
        assertThat(status.startedAt()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(status.duration()).matches("[0-9.]+s");
        assertThat(status.effective().image()).isEqualTo("busybox:stable");
        assertThat(status.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.reason()).isEqualTo(JobReason.COMPLETED));
        assertThat(status.observedGeneration()).isEqualTo(job.getMetadata().getGeneration());
        assertThat(condition(job, "Succeeded")).isEqualTo("True");
        assertThat(condition(job, "Accepted")).isEqualTo("True");
        assertThat(condition(job, "Reconciling")).isEqualTo("absent");
        await().untilAsserted(() -> assertThat(Containers.of(job)).isEmpty());
    }

    private static void assertCompleted(ContainerJobStatus status) {
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.reason()).isEqualTo(JobReason.COMPLETED);
        assertThat(status.exitCode()).isZero();
        assertThat(status.oomKilled()).isFalse();
        assertThat(status.logs().stdout()).isEqualTo("out\n");
        assertThat(status.logs().stderr()).isEqualTo("err\n");
        assertThat(status.logs().truncated()).isFalse();
    }

    @Test
    void aFailureKeepsItsExitCodeAndItsLog() {
        operator.createJob("fails", """
                command: [sh, -c, "echo broken >&2; exit 3"]
                """);
        var job = operator.awaitFinished("fails");
        assertThat(job.getStatus().phase()).isEqualTo(JobPhase.FAILED);
        assertThat(job.getStatus().reason()).isEqualTo(JobReason.NON_ZERO_EXIT);
        assertThat(job.getStatus().exitCode()).isEqualTo(3);
        assertThat(job.getStatus().logs().stderr()).isEqualTo("broken\n");
        assertThat(condition(job, "Stalled")).isEqualTo("True");
        assertThat(condition(job, "Succeeded")).isEqualTo("False");
    }

    @Test
    @Shows(Capability.IMPOSSIBLE_COMMAND)
    void anImpossibleCommandFailsWithoutAnExitCodeAndLeavesNothing() {
        operator.createJob("impossible", """
                command: [/no/such/program]
                """);
        var job = operator.awaitFinished("impossible");
        assertThat(job.getStatus().reason()).isEqualTo(JobReason.START_FAILED);
        assertThat(job.getStatus().message()).contains("/no/such/program");
        assertThat(job.getStatus().exitCode()).isNull();
        await().untilAsserted(() -> assertThat(Containers.of(job)).isEmpty());
    }

    @Test
    void aMissingNetworkIsNamed() {
        operator.createJob("network", """
                networks: [{name: no-such-network}]
                """);
        var job = operator.awaitFinished("network");
        assertThat(job.getStatus().reason()).isEqualTo(JobReason.NETWORK_NOT_FOUND);
        assertThat(job.getStatus().message()).contains("no-such-network");
        assertThat(Containers.of(job)).isEmpty();
    }

    @Test
    void anImageThatIsNowhereIsNamed() {
        operator.create(TestOperator.job("image", "imagePullPolicy: Never")
                .replace("busybox:stable", "localhost:1/no/such/image:1"));
        var job = operator.awaitFinished("image");
        assertThat(job.getStatus().reason()).isEqualTo(JobReason.IMAGE_PULL_FAILED);
        assertThat(job.getStatus().message()).contains("localhost:1/no/such/image:1", "Never");
    }

    @Test
    void anImageThatCannotBePulledIsNamedWithTheReason() {
        operator.create(
                TestOperator.job("pull", "command: ['true']").replace("busybox:stable", "localhost:1/no/such/image:1"));
        var job = operator.awaitFinished("pull");
        assertThat(job.getStatus().reason()).isEqualTo(JobReason.IMAGE_PULL_FAILED);
        assertThat(job.getStatus().message()).contains("localhost:1/no/such/image:1", "refused");
    }

    /** Not every kernel tells its daemon of it: then it is an exit code like another. */
    @Test
    void tooMuchMemoryIsOutOfMemoryWhereTheDaemonSaysSo() {
        operator.createJob("memory", """
                command: [sh, -c, "x=a; while true; do x=$x$x; done"]
                resources: {limits: {memory: 16Mi}}
                """);
        var status = operator.awaitFinished("memory").getStatus();
        assertThat(status.exitCode()).isEqualTo(137);
        assertThat(status.reason()).isEqualTo(status.oomKilled() ? JobReason.OOM_KILLED : JobReason.NON_ZERO_EXIT);
    }

    @Test
    @Shows(Capability.STOP)
    void aTimeoutStopsTheContainerWithGrace() {
        operator.createJob("slow", """
                command: [sh, -c, "trap 'echo bye; exit 7' TERM; sleep 60 & wait"]
                timeoutSeconds: 1
                """);
        var status = operator.awaitFinished("slow").getStatus();
        assertThat(status.reason()).isEqualTo(JobReason.TIMED_OUT);
        assertThat(status.exitCode()).isEqualTo(7);
        assertThat(status.logs().stdout()).isEqualTo("bye\n");
    }

    @Test
    @Shows(Capability.STOP)
    void aCancelledJobThatIgnoresTheSignalIsKilledAfterItsGrace() {
        operator.createJob("stubborn", """
                command: [sh, -c, "trap '' TERM; while true; do sleep 1; done"]
                stopGracePeriodSeconds: 1
                """);
        operator.awaitRunning("stubborn");
        operator.edit("stubborn", spec -> spec.cancel(true));
        var status = operator.awaitFinished("stubborn").getStatus();
        assertThat(status.phase()).isEqualTo(JobPhase.CANCELLED);
        assertThat(status.reason()).isEqualTo(JobReason.CANCEL_REQUESTED);
        assertThat(status.exitCode()).isEqualTo(137);
    }

    @Test
    void aSuspendedJobWaitsAndCanBeCancelledUnstarted() {
        operator.create(
                TestOperator.job("suspended", "command: ['true']").replace("hostRef:", "suspend: true\n  hostRef:"));
        operator.awaitReason("suspended", "Suspended");
        operator.edit("suspended", spec -> spec.cancel(true));
        var status = operator.awaitFinished("suspended").getStatus();
        assertThat(status.phase()).isEqualTo(JobPhase.CANCELLED);
        assertThat(status.containerID()).isNull();
    }

    @Test
    void aDeletedJobTakesItsContainerAlong() {
        operator.createJob("deleted", """
                command: [sh, -c, "sleep 60"]
                stopGracePeriodSeconds: 1
                """);
        var job = operator.awaitRunning("deleted");
        assertThat(Containers.of(job)).hasSize(1);
        operator.delete(job);
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(operator.job("deleted")).isNull());
        assertThat(Containers.of(job)).isEmpty();
    }

    @Test
    void withoutAutoRemoveTheContainerStaysUntilTheJobGoes() {
        operator.createJob("kept", """
                command: ['true']
                autoRemove: false
                """);
        var job = operator.awaitFinished("kept");
        assertThat(Containers.of(job)).hasSize(1);
        operator.delete(job);
        await().untilAsserted(() -> assertThat(Containers.of(job)).isEmpty());
    }
}
