package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.testing.NeedsDocker;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Logs of jobs and hosts that are deleted. */
@NeedsDocker
@Execution(ExecutionMode.CONCURRENT)
class LostLogIT {
    /** A finished job whose host is gone is reconciled again every 15 seconds. */
    private static final Duration RECHECKED = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private Path store;
    private TestOperator operator;
    private ArchivedLogs archive;

    @BeforeEach
    void start() {
        store = folder.resolve("store");
        operator = TestOperator.withArchive(store);
        archive = new ArchivedLogs(store);
        operator.createHost();
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private ContainerJob finished(String name) {
        return finished(name, "echo kept", "");
    }

    private ContainerJob finished(String name, String script, String more) {
        operator.createJob(name, "command: [sh, -c, '" + script + "']\n" + more);
        var job = operator.awaitFinished(name);
        await().atMost(TestOperator.SOON)
                .until(() -> operator.job(name).getStatus().logs().archive() != null);
        return job;
    }

    private void awaitEvent(String kind, String message) {
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(operator.events())
                        .filteredOn(event -> event.getReason().equals("LogArchiveFailed")
                                && event.getRegarding().getKind().equals(kind))
                        .anySatisfy(event -> assertThat(event.getNote()).contains(message)));
    }

    private static boolean hasNone(ContainerJob job) {
        return Containers.of(job).isEmpty();
    }

    private static void removeContainers(ContainerJob... jobs) {
        Stream.of(jobs)
                .flatMap(job -> Containers.of(job).stream())
                .forEach(container -> Containers.docker().remove(container.id()));
    }

    @Test
    void aDeletedJobWaitsForItsLog() throws IOException {
        var job = finished("waits", "echo kept; sleep 2", "");
        operator.delete(job);

        await().during(Duration.ofSeconds(2)).atMost(TestOperator.SOON).until(() -> operator.job("waits") != null);

        Files.createDirectory(store);
        await().atMost(Duration.ofSeconds(40)).until(() -> operator.job("waits") == null);
        assertThat(archive.printed(job, 1, "stdout")).isEqualTo("kept\n");
        await().atMost(TestOperator.SOON).until(() -> hasNone(job));
    }

    @Test
    void theLogOfAShortJobIsWaitedForThoughTheJobIsGone() throws IOException {
        var job = finished("gone");
        operator.delete(job);

        await().atMost(TestOperator.SOON).until(() -> operator.job("gone") == null);
        assertThat(Containers.of(job)).hasSize(1);

        Files.createDirectory(store);
        await().atMost(Duration.ofSeconds(40)).until(() -> hasNone(job));
        assertThat(archive.printed(job, 1, "stdout")).isEqualTo("kept\n");
    }

    @Test
    void aDeletedJobWaitsForItsLogNoLongerThanItMay() {
        operator.restart(Duration.ofSeconds(2));
        var job = finished("lost");
        operator.delete(job);

        await().atMost(TestOperator.SOON).until(() -> operator.job("lost") == null);

        awaitEvent("ContainerJob", "log lost: the job was deleted");
        await().atMost(TestOperator.SOON).until(() -> hasNone(job));
    }

    @Test
    void aDeletedHostWaitsForLogsNoLongerThanItMay() {
        operator.restart(Duration.ofSeconds(2));
        var job = finished("left");
        var expires = finished("expires", "echo kept", "ttlSecondsAfterFinished: 1");
        operator.delete(operator.host("local"));

        await().atMost(TestOperator.SOON).until(() -> operator.host("local") == null);

        awaitEvent("DockerHost", "logs of exited containers lost");
        awaitEvent("ContainerJob", "log lost: DockerHost");
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(operator.job("left")
                                .getStatus()
                                .logs()
                                .archive()
                                .error())
                        .startsWith("log lost: DockerHost "));
        await().atMost(RECHECKED).until(() -> operator.job("expires") == null);
        assertThat(Containers.of(job)).hasSize(1);
        removeContainers(job, expires);
    }

    @Test
    void theLogOfAContainerThatIsRemovedWithoutTheOperatorIsLost() {
        var job = finished("removed");
        operator.stop();
        removeContainers(job);
        operator.start();

        awaitEvent("ContainerJob", "log lost: container " + job.getStatus().containerName() + " was removed");
        assertThat(operator.job("removed").getStatus().logs().archive().error()).startsWith("log lost: ");
    }

    @Test
    void theLogOfAJobThatWasDeletedWithoutTheOperatorIsStored() throws IOException {
        Files.createDirectory(store);
        operator.createJob(
                "byhand", "command: [sh, -c, 'trap exit USR1; echo to the end; while :; do sleep 0.1; done']");
        var job = operator.awaitRunning("byhand");
        operator.stop();
        var patched = Serialization.clone(operator.job("byhand"));
        patched.getMetadata().setFinalizers(List.of());
        operator.client().resource(patched).update();
        operator.delete(patched);
        await().atMost(TestOperator.SOON).until(() -> operator.job("byhand") == null);
        Containers.end(job);
        operator.start();

        await().atMost(TestOperator.SOON).until(() -> hasNone(job));

        assertThat(archive.printed(job, 1, "stdout")).isEqualTo("to the end\n");
    }
}
