package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.HostJobs;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.testing.NeedsDocker;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only a job that runs for a while holds up its own deletion. */
@NeedsDocker
class FinalizerIT {
    /** Within which the container of a job that is gone is gone, too. */
    private static final Duration PROMISED = Duration.ofSeconds(2);

    private static final String DEAF = "command: [sh, -c, 'trap \"\" TERM; sleep 600 & wait; sleep 600']";

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

    private static void assertNotHeld(ContainerJob job) {
        assertThat(job.getMetadata().getFinalizers()).isEmpty();
    }

    private void assertIsGoneAtOnce(String name) {
        operator.delete(operator.job(name));
        assertThat(operator.job(name)).isNull();
    }

    private ContainerJob awaitStarted(String name) {
        await().atMost(TestOperator.SOON)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> JobPhases.bound(operator.job(name))
                        && Containers.of(operator.job(name)).get(0).state() == ContainerSnapshot.State.RUNNING);
        return operator.job(name);
    }

    private static void awaitNoContainer(ContainerJob job) {
        await().atMost(PROMISED).until(() -> Containers.of(job).isEmpty());
    }

    @Test
    void whatWaitsOrHasFinishedIsDeletedAtOnceAlsoWithoutAnOperator() {
        operator.create(
                TestNamespace.job("suspended", "command: ['true']").replace("spec:\n", "spec:\n  suspend: true\n"));
        operator.createJob("short", "command: ['true']");
        operator.createJob("long", "command: [sleep, '2']");
        operator.awaitReason("suspended", "Suspended");
        operator.awaitFinished("short");
        assertThat(operator.awaitRunning("long").getMetadata().getFinalizers()).containsExactly(JobStore.FINALIZER);
        operator.awaitFinished("long");
        await().atMost(TestOperator.SOON).untilAsserted(() -> assertNotHeld(operator.job("long")));
        assertNotHeld(operator.job("short"));
        assertNotHeld(operator.job("suspended"));

        operator.stop();

        assertIsGoneAtOnce("suspended");
        assertIsGoneAtOnce("short");
        assertIsGoneAtOnce("long");
    }

    @Test
    void theDeletionOfARunningJobWaitsForItsContainer() {
        operator.createJob("runs", "command: [sleep, '600']\nstopGracePeriodSeconds: 1");
        var job = operator.awaitRunning("runs");

        operator.delete(job);

        await().atMost(TestOperator.SOON).until(() -> operator.job("runs") == null);
        assertThat(Containers.of(job)).isEmpty();
    }

    @Test
    void theContainerOfAJobThatHasJustStartedIsRemovedSoonAfterIt() {
        operator.createJob("just-started", DEAF);
        var job = awaitStarted("just-started");

        assertIsGoneAtOnce("just-started");

        awaitNoContainer(job);
        await().atMost(TestOperator.SOON)
                .untilAsserted(() ->
                        assertThat(operator.host("local").getStatus().jobs()).isEqualTo(new HostJobs(0, 0)));
    }

    @Test
    void theNextOperatorRemovesItSoonAfterItsStart() {
        operator.createJob("just-started", DEAF);
        var job = awaitStarted("just-started");
        operator.stop();
        assertIsGoneAtOnce("just-started");

        operator.start();

        operator.awaitReady("local");
        awaitNoContainer(job);
    }

    @Test
    void aJobOfTheSameNameRunsAtOnce() {
        operator.createJob("again", DEAF);
        var first = awaitStarted("again");
        operator.delete(first);
        operator.createJob("again", "command: ['true']");

        assertThat(operator.awaitFinished("again").getMetadata().getUid())
                .isNotEqualTo(first.getMetadata().getUid());
        awaitNoContainer(first);
    }
}
