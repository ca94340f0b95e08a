package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.testing.OnEachDaemon;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Attempts that fail, and what follows them. */
@OnEachDaemon
@Execution(ExecutionMode.CONCURRENT)
class RetryIT {
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
    void aJobThatFailsIsTriedAgainUntilItsLimit() {
        operator.createJob("again", """
                command: [sh, -c, 'echo tried; exit 3']
                retry: {limit: 2, initialDelaySeconds: 1}
                """);
        var waiting = operator.awaitReason("again", "RetryBackoff");
        assertThat(waiting.getStatus().phase()).isEqualTo(JobPhase.PENDING);
        assertThat(waiting.getStatus().message())
                .contains("of 3 failed: NonZeroExit")
                .contains("container exited with code 3");
        assertThat(waiting.getStatus().exitCode()).isEqualTo(3);
        var job = operator.awaitFinished("again");
        var status = job.getStatus();
        assertThat(status.reason()).isEqualTo(JobReason.NON_ZERO_EXIT);
        assertThat(status.attempt()).isEqualTo(3);
        assertThat(status.logs().stdout()).isEqualTo("tried\n");
        assertThat(status.attempts()).extracting(JobAttempt::attempt).containsExactly(1, 2, 3);
        assertThat(status.attempts()).extracting(JobAttempt::exitCode).containsOnly(3);
        assertThat(status.attempts()).extracting(JobAttempt::reason).containsOnly(JobReason.NON_ZERO_EXIT);
        assertThat(status.attempts()).extracting(JobAttempt::containerID).doesNotHaveDuplicates();
        await().untilAsserted(() -> assertThat(Containers.of(job)).isEmpty());
        await().untilAsserted(() -> assertThat(operator.events())
                .filteredOn(event -> event.getReason().equals("Retrying"))
                .isNotEmpty());
    }

    @Test
    void anotherExitCodeThanThoseThatAreRetriedEndsTheJob() {
        operator.createJob("once", """
                command: [sh, -c, 'exit 3']
                retry: {limit: 2, initialDelaySeconds: 1, onExitCodes: [4, 5]}
                """);
        var status = operator.awaitFinished("once").getStatus();
        assertThat(status.attempt()).isEqualTo(1);
        assertThat(status.reason()).isEqualTo(JobReason.NON_ZERO_EXIT);
    }

    @Test
    void aJobIsCancelledBetweenItsAttempts() {
        operator.createJob("stop", """
                command: [sh, -c, 'exit 3']
                retry: {limit: 2, initialDelaySeconds: 200}
                """);
        operator.awaitReason("stop", "RetryBackoff");
        operator.edit("stop", job -> job.cancel(true));
        var status = operator.awaitFinished("stop").getStatus();
        assertThat(status.phase()).isEqualTo(JobPhase.CANCELLED);
        assertThat(status.attempt()).isEqualTo(1);
    }

    @Test
    void theWaitForTheNextAttemptGoesOnAcrossARestart() {
        operator.createJob("wait", """
                command: [sh, -c, 'test "$HOSTNAME" = never']
                retry: {limit: 1, initialDelaySeconds: 4}
                """);
        operator.awaitReason("wait", "RetryBackoff");
        operator.restart();
        var status = operator.awaitFinished("wait").getStatus();
        assertThat(status.attempts()).hasSize(2);
    }

    @Test
    void aContainerThatIsLostIsToldApartAndTheJobRunsOnAnother() {
        operator.createJob("lost", """
                command: [sh, -c, 'sleep 5']
                retry: {limit: 1, initialDelaySeconds: 1}
                """);
        var first = operator.awaitRunning("lost");
        Containers.docker().remove(first.getStatus().containerID());
        var status = operator.awaitFinished("lost").getStatus();
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.attempts())
                .extracting(JobAttempt::reason)
                .containsExactly(JobReason.CONTAINER_LOST, JobReason.COMPLETED);
    }

    @Test
    void theNextContainerIsMadeWhileTheSlotIsTakenAndGoesWhenTheJobIsCancelled() {
        operator.createNarrowHost();
        operator.createJobOn("narrow", "first", "command: [sleep, '60']\nstopGracePeriodSeconds: 0");
        operator.awaitRunning("first");
        operator.createJobOn("narrow", "second", "command: ['true']");
        var second = operator.awaitReason("second", "WaitingForSlot");
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(Containers.of(second))
                        .extracting(ContainerSnapshot::state)
                        .containsExactly(ContainerSnapshot.State.CREATED));
        assertThat(operator.job("second").getStatus().containerID()).isNull();
        operator.edit("second", job -> job.cancel(true));
        operator.awaitFinished("second");
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(Containers.of(second)).isEmpty());
        operator.edit("first", job -> job.cancel(true));
        operator.awaitFinished("first");
    }
}
