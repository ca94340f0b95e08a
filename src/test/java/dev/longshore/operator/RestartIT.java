package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.Capability;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What an operator finds that was not there when things happened. */
@OnEachDaemon
@Shows(Capability.RESTART)
@Execution(ExecutionMode.CONCURRENT)
class RestartIT {
    private TestOperator operator;

    @BeforeEach
    void start() {
        operator = new TestOperator();
        operator.createHost();
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void aResultFromWhileItWasDownArrivesAndTheContainerGoes() {
        operator.createJob("long", """
                command: [sh, -c, "trap 'echo done; exit 4' USR1; while :; do sleep 0.1; done"]
                """);
        var job = operator.awaitRunning("long");
        operator.stop();
        Containers.end(job);
        operator.start();
        var status = operator.awaitFinished("long").getStatus();
        assertThat(status.exitCode()).isEqualTo(4);
        assertThat(status.logs().stdout()).isEqualTo("done\n");
        assertThat(status.attempt()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(Containers.of(job)).isEmpty());
    }

    @Test
    void aRunningJobGoesOnAndIsStartedOnce() {
        operator.createJob("on", """
                command: [sh, -c, "sleep 5; echo once"]
                """);
        var before = operator.awaitRunning("on");
        operator.restart();
        var status = operator.awaitFinished("on").getStatus();
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.containerID()).isEqualTo(before.getStatus().containerID());
        assertThat(status.logs().stdout()).isEqualTo("once\n");
    }

    @Test
    void aContainerThatSomeoneRemovedIsLostAndNotStartedAgain() {
        operator.createJob("lost", "command: [sleep, '60']");
        var job = operator.awaitRunning("lost");
        Containers.docker().remove(job.getStatus().containerID());
        var status = operator.awaitFinished("lost").getStatus();
        assertThat(status.reason()).isEqualTo(JobReason.CONTAINER_LOST);
        assertThat(Containers.of(job)).isEmpty();
    }

    @Test
    void aTimeoutIsKeptAcrossARestart() {
        operator.createJob("timeout", """
                command: [sleep, '60']
                timeoutSeconds: 4
                stopGracePeriodSeconds: 0
                """);
        operator.awaitRunning("timeout");
        operator.restart();
        assertThat(operator.awaitFinished("timeout").getStatus().reason()).isEqualTo(JobReason.TIMED_OUT);
    }

    @Test
    void aHostThatIsDeletedWaitsForItsJobs() {
        operator.createJob("last", "command: [sleep, '5']");
        operator.awaitRunning("last");
        operator.delete(operator.host("local"));
        assertThat(operator.awaitFinished("last").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        await().atMost(TestOperator.SOON).until(() -> operator.host("local") == null);
    }
}
