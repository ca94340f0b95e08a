package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobLogArchive;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole logs in an archive, whatever becomes of their containers. */
@NeedsDocker
class LogArchiveIT {
    private static final int LINES = 20_000;

    @TempDir
    private Path folder;

    private TestOperator operator;
    private ArchivedLogs archive;

    @BeforeEach
    void start() {
        operator = TestOperator.withArchive(folder);
        archive = new ArchivedLogs(folder);
        operator.createHost();
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private ContainerJob awaitArchived(String name) {
        operator.awaitFinished(name);
        await().atMost(TestOperator.SOON).until(() -> archive(operator.job(name)) != null);
        return operator.job(name);
    }

    private static JobLogArchive archive(ContainerJob job) {
        var logs = job.getStatus().logs();
        return logs == null ? null : logs.archive();
    }

    private void awaitNoContainers(ContainerJob job) {
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(Containers.of(job)).isEmpty());
    }

    @Test
    void theWholeLogIsStoredAndTheTailStays() throws IOException {
        operator.createJob("long", """
                command: [sh, -c, 'echo oh >&2; i=0; while [ $i -lt %d ]; do echo line $i; i=$((i+1)); done']
                """.formatted(LINES));

        var job = awaitArchived("long");

        assertThat(archive.printed(job, 1, "stdout"))
                .isEqualTo(IntStream.range(0, LINES)
                        .mapToObj(number -> "line " + number + "\n")
                        .collect(Collectors.joining()));
        assertThat(archive.printed(job, 1, "stderr")).isEqualTo("oh\n");
        var file = archive.of(job, 1);
        var status = job.getStatus();
        assertThat(archive(job)).isEqualTo(new JobLogArchive("file://" + file, Files.size(file), false, null));
        assertThat(status.attempts()).extracting(JobAttempt::logArchive).containsExactly("file://" + file);
        assertThat(status.logs().stdout()).endsWith("line " + (LINES - 1) + "\n");
        assertThat(status.logs().truncated()).isTrue();
        awaitNoContainers(job);
    }

    @Test
    void eachAttemptHasItsOwnAndOneThatWasLostSaysSo() {
        operator.createJob("again", """
                command: [sh, -c, 'echo attempt of $HOSTNAME; exit 3']
                retry: {limit: 2, initialDelaySeconds: 1}
                """);
        operator.createJob("lost", "command: [sleep, '600']");

        Containers.docker().remove(operator.awaitRunning("lost").getStatus().containerID());
        assertThat(archive(awaitArchived("lost")).error()).contains("log lost", "removed");
        var job = awaitArchived("again");
        await().atMost(TestOperator.SOON)
                .untilAsserted(
                        () -> assertThat(operator.job("again").getStatus().attempts())
                                .extracting(JobAttempt::logArchive)
                                .doesNotContainNull()
                                .doesNotHaveDuplicates());

        IntStream.rangeClosed(1, 3)
                .forEach(attempt ->
                        assertThat(archive.printed(job, attempt, "stdout")).startsWith("attempt of "));
        awaitNoContainers(job);
    }

    @Test
    void aJobThatIsDeletedAtOnceLeavesItsLog() {
        operator.createJob("gone", """
                command: [echo, short]
                ttlSecondsAfterFinished: 0
                """);
        operator.createJob("deleted", """
                command: [sh, -c, 'echo until the end; sleep 600']
                stopGracePeriodSeconds: 1
                """);
        var gone = operator.job("gone");
        var deleted = operator.awaitRunning("deleted");
        operator.delete(deleted);

        await().atMost(TestOperator.SOON).until(() -> operator.job("gone") == null && operator.job("deleted") == null);

        assertThat(archive.printed(gone, 1, "stdout")).isEqualTo("short\n");
        assertThat(archive.printed(deleted, 1, "stdout")).isEqualTo("until the end\n");
        awaitNoContainers(gone);
        awaitNoContainers(deleted);
    }

    @Test
    void aLogThatIsLongerThanItMayBeKeepsBothEnds() {
        operator.createJob("cut", """
                command: [sh, -c, 'i=0; while [ $i -lt %d ]; do echo line $i; i=$((i+1)); done']
                logs: {archiveMaxBytes: 10k}
                """.formatted(LINES));

        var job = awaitArchived("cut");

        assertThat(archive(job).truncated()).isTrue();
        assertThat(archive.text(job, 1)).contains(" line 0\n", "omitted", " line " + (LINES - 1) + "\n");
        assertThat(archive.text(job, 1).length()).isBetween(9_000, 10_200);
    }

    @Test
    void whatIsNotWantedIsNotStored() {
        operator.createJob("private", """
                command: [echo, nothing]
                logs: {archive: false}
                """);

        var job = operator.awaitFinished("private");
        awaitNoContainers(job);

        assertThat(archive(operator.job("private"))).isNull();
        assertThat(archive.has(job, 1)).isFalse();
    }

    @Test
    void secretsAreMaskedAlsoAfterARestart() {
        operator.create("""
                apiVersion: v1
                kind: Secret
                metadata: {name: db}
                stringData: {password: "hunter22hunter"}
                """);
        operator.createJob("masked", """
                command: [sh, -c, 'echo the password is $PASSWORD; sleep 3']
                env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]
                """);
        operator.awaitRunning("masked");
        operator.restart();

        var job = awaitArchived("masked");

        assertThat(archive.printed(job, 1, "stdout")).isEqualTo("the password is ***\n");
    }

    @Test
    void aStoreThatIsAwayHoldsUpNoResultAndGetsTheLogLater() throws IOException {
        Files.delete(folder);
        operator.createJob("later", "command: [echo, kept]");

        var job = awaitArchived("later");

        assertThat(job.getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(archive(job).error()).contains("not archived yet", folder.toString());
        assertThat(Containers.of(job)).hasSize(1);
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(operator.events())
                        .filteredOn(event -> event.getReason().equals("LogArchiveFailed"))
                        .hasSize(1));

        Files.createDirectory(folder);
        await().atMost(Duration.ofSeconds(40))
                .until(() -> archive(operator.job("later")).url() != null);
        assertThat(archive(operator.job("later")).error()).isNull();
        assertThat(archive.printed(job, 1, "stdout")).isEqualTo("kept\n");
        awaitNoContainers(job);
    }

    @Test
    void whatAnOperatorLeftIsArchivedByTheNext() {
        operator.createJob("before", """
                command: [sh, -c, 'echo tried; exit 3']
                autoRemove: false
                retry: {limit: 1, initialDelaySeconds: 5}
                """);
        operator.awaitReason("before", "RetryBackoff");
        operator.stop();
        try (var files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        operator.start();

        var job = awaitArchived("before");

        await().atMost(TestOperator.SOON).until(() -> archive.has(job, 1));
        assertThat(archive.printed(job, 1, "stdout")).isEqualTo("tried\n");
        assertThat(archive.printed(job, 2, "stdout")).isEqualTo("tried\n");
        assertThat(Containers.of(job)).hasSize(2);
        operator.delete(job);
        awaitNoContainers(job);
    }
}
