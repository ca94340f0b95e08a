package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.HostJobs;
import dev.longshore.job.JobLabels;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Containers whose job is no longer there. */
@OnEachDaemon
@Shows(Capability.RESTART)
@Execution(ExecutionMode.CONCURRENT)
class OrphanIT {
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

    private static String container(String instance, String host, String namespace) {
        return LocalDocker.shared()
                .client()
                .createContainerCmd(LocalDocker.IMAGE)
                .withCmd("true")
                .withLabels(Map.of(
                        JobLabels.INSTANCE,
                        instance,
                        JobLabels.HOST,
                        host,
                        JobLabels.NAMESPACE,
                        namespace,
                        JobLabels.JOB,
                        "never",
                        JobLabels.JOB_UID,
                        "never",
                        JobLabels.ATTEMPT,
                        "1"))
                .exec()
                .getId();
    }

    @Test
    void whatAJobLeftThatWasDeletedWithoutUsGoesAtTheNextStartAndNothingElse() {
        operator.createJob("gone", "command: [sleep, '600']");
        operator.createJob("stays", "command: [sleep, '600']\nstopGracePeriodSeconds: 0");
        var gone = operator.awaitRunning("gone");
        var stays = operator.awaitRunning("stays");
        var docker = LocalDocker.shared().client();
        var labels = Containers.of(gone).get(0).labels();
        operator.stop();
        var foreign = container("another/longshore", labels.get(JobLabels.HOST), operator.namespace());
        var unwatched = container(labels.get(JobLabels.INSTANCE), labels.get(JobLabels.HOST), "elsewhere");
        operator.deleteWithoutUs("gone");
        operator.start();
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(Containers.of(gone)).isEmpty());
        assertThat(Containers.of(stays)).hasSize(1);
        await().atMost(TestOperator.SOON)
                .untilAsserted(
                        () -> assertThat(operator.host("local").getStatus().jobs())
                                .as("slots that are taken")
                                .isEqualTo(new HostJobs(1, 0)));
        assertThat(Containers.docker().inspect(foreign)).isPresent();
        assertThat(Containers.docker().inspect(unwatched)).isPresent();
        docker.removeContainerCmd(foreign).exec();
        docker.removeContainerCmd(unwatched).exec();
        operator.edit("stays", job -> job.cancel(true));
        operator.awaitFinished("stays");
    }

    @Test
    void aJobThatIsDeletedWithoutUsWhileItWaitsHoldsUpNoOne() {
        operator.createNarrowHost();
        operator.createJobOn("narrow", "runs", "command: [sleep, '600']\nstopGracePeriodSeconds: 0");
        operator.awaitRunning("runs");
        operator.createJobOn("narrow", "first", "command: ['true']");
        var first = operator.awaitReason("first", "WaitingForSlot");
        operator.createJobOn("narrow", "second", "command: ['true']");
        operator.awaitReason("second", "WaitingForSlot");
        operator.deleteWithoutUs("first");
        operator.edit("runs", job -> job.cancel(true));
        operator.awaitFinished("second");
        // Made ahead of its slot; the next listing of the host shows it.
        operator.restart();
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(Containers.of(first)).isEmpty());
    }
}
