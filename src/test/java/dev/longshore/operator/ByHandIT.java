package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do to a job's container with the docker command. */
@OnEachDaemon
@Shows(Capability.BY_HAND)
class ByHandIT {
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

    private String container(String job) {
        operator.createJob(job, """
                command: [sleep, '600']
                stopGracePeriodSeconds: 1
                """);
        return operator.awaitRunning(job).getStatus().containerID();
    }

    @Test
    void stoppedItHasFailedWithItsExitCode() {
        LocalDocker.shared()
                .client()
                .stopContainerCmd(container("stopped"))
                .withTimeout(0)
                .exec();
        var status = operator.awaitFinished("stopped").getStatus();
        assertThat(status.reason()).isEqualTo(JobReason.NON_ZERO_EXIT);
        assertThat(status.exitCode()).isEqualTo(137);
    }

    @Test
    void pausedItCanStillBeCancelled() {
        LocalDocker.shared().client().pauseContainerCmd(container("paused")).exec();
        operator.edit("paused", job -> job.cancel(true));
        var status = operator.awaitFinished("paused").getStatus();
        assertThat(status.phase()).isEqualTo(JobPhase.CANCELLED);
        assertThat(status.exitCode()).isIn(137, 143);
    }
}
