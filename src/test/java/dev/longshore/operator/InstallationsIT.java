package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.HostJobs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.JobLabels;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.Metrics;
import dev.longshore.testing.NeedsDocker;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Two installations, each with a namespace and an {@code --instance} of its own, and each with a DockerHost for the same daemon: both
 * run their jobs there, and neither touches what is the other's.
 */
@NeedsDocker
@Execution(ExecutionMode.CONCURRENT)
class InstallationsIT {
    private static final String LASTS = "command: [sleep, '600']\nstopGracePeriodSeconds: 0";

    private TestOperator one;
    private TestOperator other;

    @BeforeEach
    void start() {
        one = new TestOperator();
        other = new TestOperator();
        both().forEach(TestOperator::createHost);
    }

    @AfterEach
    void stop() {
        both().forEach(TestOperator::close);
        both().forEach(each -> LocalDocker.shared().removeAll(JobLabels.NAMESPACE + "=" + each.namespace()));
    }

    private Stream<TestOperator> both() {
        return Stream.of(one, other);
    }

    /** With all that would differ had anybody stopped, restarted or recreated it. */
    private static ContainerSnapshot container(ContainerJob job) {
        var id = job.getStatus().containerID();
        return Containers.docker()
                .inspect(id)
                .orElseThrow(() -> new AssertionError("container " + id + " of "
                        + job.getMetadata().getNamespace() + "/"
                        + job.getMetadata().getName() + " was removed"));
    }

    private static void awaitJobs(TestOperator operator, String host, int running, int queued) {
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(operator.host(host).getStatus().jobs())
                        .as("jobs of %s/%s", operator.namespace(), host)
                        .isEqualTo(new HostJobs(running, queued)));
    }

    private static void awaitNoContainer(ContainerJob job) {
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(Containers.of(job)).isEmpty());
    }

    private static void cancel(TestOperator operator, String job) {
        operator.edit(job, spec -> spec.cancel(true));
        assertThat(operator.awaitFinished(job).getStatus().phase()).isEqualTo(JobPhase.CANCELLED);
    }

    @Test
    void bothRunJobsAtTheSameTimeAndCountTheirOwn() {
        both().forEach(TestOperator::createNarrowHost);
        both().forEach(each -> each.createJobOn("narrow", "same-name", LASTS));
        var ofOne = container(one.awaitRunning("same-name"));
        var ofOther = container(other.awaitRunning("same-name"));
        assertThat(ofOne.labels().get(JobLabels.INSTANCE)).endsWith("/" + one.namespace());
        assertThat(ofOther.labels().get(JobLabels.INSTANCE)).endsWith("/" + other.namespace());

        one.createJobOn("narrow", "waits", LASTS);
        one.awaitReason("waits", "WaitingForSlot");

        awaitJobs(one, "narrow", 1, 1);
        awaitJobs(other, "narrow", 1, 0);
        assertMetrics(one, 1);
        assertMetrics(other, 0);
        assertThat(Metrics.scrape(one.httpPort()).text()).doesNotContain(other.namespace() + "/");

        cancel(other, "same-name");

        awaitJobs(other, "narrow", 0, 0);
        assertThat(container(one.job("same-name"))).isEqualTo(ofOne);
        assertThat(one.job("waits").getStatus().phase()).isEqualTo(JobPhase.PENDING);
        cancel(one, "same-name");
        one.awaitRunning("waits");
        cancel(one, "waits");
    }

    private static void assertMetrics(TestOperator operator, int queued) {
        var host = operator.namespace() + "/narrow";
        var metrics = Metrics.scrape(operator.httpPort());
        assertThat(metrics.value("longshore_jobs_running", "host", host)).isEqualTo(1);
        assertThat(metrics.value("longshore_jobs_queued", "host", host)).isEqualTo(queued);
    }

    @Test
    void theOneThatIsRestartedRemovesOrphansOfItsOwnAlone() {
        both().forEach(each -> Stream.of("orphan", "stays").forEach(name -> each.createJob(name, LASTS)));
        both().forEach(each -> Stream.of("orphan", "stays").forEach(each::awaitRunning));
        var orphan = one.job("orphan");
        var othersOrphan = other.job("orphan");
        var stays = container(one.job("stays"));
        var othersBefore = Stream.of(othersOrphan, other.job("stays"))
                .map(InstallationsIT::container)
                .toList();
        both().forEach(TestOperator::stop);
        both().forEach(each -> each.deleteWithoutUs("orphan"));

        one.start();

        awaitNoContainer(orphan);
        awaitJobs(one, "local", 1, 0);
        assertThat(container(one.job("stays"))).isEqualTo(stays);
        assertThat(Stream.of(othersOrphan, other.job("stays")).map(InstallationsIT::container))
                .containsExactlyElementsOf(othersBefore);

        other.start();

        awaitNoContainer(othersOrphan);
        awaitJobs(other, "local", 1, 0);
        both().forEach(each -> cancel(each, "stays"));
    }

    @Test
    void theEndOfOneLeavesTheJobsOfTheOther() {
        one.createJob("long", LASTS);
        other.createJob("ends", "command: [sh, -c, 'sleep 5; echo done']");
        other.createJob("deleted", LASTS);
        var before = container(one.awaitRunning("long"));
        other.awaitRunning("ends");
        other.awaitRunning("deleted");

        one.stop();

        assertThat(other.awaitFinished("ends").getStatus().logs().stdout()).isEqualTo("done\n");
        other.createJob("new", "command: ['true']");
        assertThat(other.awaitFinished("new").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        other.delete(other.host("local"));
        other.delete(other.job("deleted"));
        await().atMost(TestOperator.SOON).until(() -> other.host("local") == null);
        assertThat(container(one.job("long"))).isEqualTo(before);

        one.start();

        awaitJobs(one, "local", 1, 0);
        assertThat(container(one.job("long"))).isEqualTo(before);
        cancel(one, "long");
    }

    /** As when a fleet is split: its hosts were cordoned, but somebody did not wait for the last job. */
    @Test
    void aNamespaceMovesFromOneToTheOtherButNotWhatRuns() {
        one.createJob("runs", LASTS);
        var before = container(one.awaitRunning("runs"));
        one.editHost("local", spec -> spec.active(false));
        one.createJob("waits", "command: ['true']");
        one.awaitReason("waits", "HostInactive");

        one.stop();
        other.restartWith(one.namespace());

        var lost = one.awaitFinished("runs").getStatus();
        assertThat(lost.reason()).isEqualTo(JobReason.CONTAINER_LOST);
        assertThat(Containers.docker().inspect(before.id())).hasValue(before);
        one.editHost("local", spec -> spec.active(true));
        assertThat(one.awaitFinished("waits").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(Containers.docker().inspect(before.id())).hasValue(before);
    }
}
