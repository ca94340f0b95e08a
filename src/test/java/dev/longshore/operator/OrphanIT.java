package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.HostJobs;
import dev.longshore.testing.LocalDocker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers whose job is no longer there. */
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

    @Test
    void whatAJobLeftThatWasDeletedWithoutUsGoesAtTheNextStartAndNothingElse() {
        operator.createJob("gone", "command: [sleep, '600']");
        operator.createJob("stays", "command: [sleep, '600']");
        var gone = operator.awaitRunning("gone");
        var stays = operator.awaitRunning("stays");
        var docker = LocalDocker.shared().client();
        var labels = Containers.of(gone).get(0).labels();
        operator.stop();
        var foreign = docker.createContainerCmd(LocalDocker.IMAGE)
                .withCmd("true")
                .withLabels(Map.of(
                        "longshore.dev/instance", "another/longshore",
                        "longshore.dev/host", labels.get("longshore.dev/host"),
                        "longshore.dev/namespace", operator.namespace(),
                        "longshore.dev/job", "never",
                        "longshore.dev/job-uid", "never",
                        "longshore.dev/attempt", "1"))
                .exec()
                .getId();
        operator.client().resource(gone).edit(job -> {
            job.getMetadata().setFinalizers(List.of());
            return job;
        });
        operator.delete(gone);
        await().atMost(TestOperator.SOON).until(() -> operator.job("gone") == null);
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
        docker.removeContainerCmd(foreign).exec();
        operator.edit("stays", job -> job.cancel(true));
        operator.awaitFinished("stays");
    }
}
