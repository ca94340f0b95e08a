package dev.longshore.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobAttemptBuilder;
import dev.longshore.api.JobLogArchive;
import dev.longshore.api.JobLogs;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.file.FileArchive;
import dev.longshore.cli.RunningJobs;
import dev.longshore.cli.log.JobLogViewer.Shown;
import dev.longshore.docker.LogQuery;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that an operator has archived, of real jobs whose containers or resources are gone. */
@NeedsApiServer
@NeedsDocker
class ArchivedLogsIT {
    @TempDir
    private static Path folder;

    @TempDir
    private Path other;

    private static ArchivedJobs jobs;

    @BeforeAll
    static void start(ApiServer server) {
        jobs = new ArchivedJobs(server, folder);
    }

    @AfterAll
    static void stop() {
        jobs.close();
    }

    @Test
    void ofARemovedContainerTheCompleteLogComesFromTheArchive() {
        jobs.run("long", ArchivedJobs.LONG);
        var all = jobs.show(folder, "long");
        assertThat(all.out()).startsWith("1\n2\n").endsWith("2999\n3000\n").hasLineCount(3000);
        assertThat(all.err()).isEqualTo("done\n");
        var end = jobs.show(folder, "long", null, ArchivedJobs.LAST, new LogQuery(true, 3, null));
        assertThat(end.out() + end.err()).hasLineCount(3).contains("3000\n");
        jobs.show(null, "long").assertTail("to read it, add --log-archive file://" + folder);
        jobs.show(other, "long").assertTail("the log is not at file://" + other, "use --log-archive file://" + folder);
        jobs.show(other.resolve("none"), "long")
                .assertTail("log archive file://" + other + "/none: the folder does not exist");
    }

    @Test
    void aJobWithoutTimeToLiveIsReadFromTheArchive() {
        jobs.running.job("gone", "local", "echo out", "ttlSecondsAfterFinished: 0");
        await().atMost(RunningJobs.SOON).until(() -> jobs.running.job("gone") == null);
        jobs.show(folder, "gone").assertOnly("out\n");
        var without = jobs.show(null, "gone");
        assertThat(without.shown()).isEqualTo(Shown.TOO_LITTLE);
        assertThat(without.err())
                .isEqualTo("longshore: ContainerJob gone not found in namespace " + jobs.namespace()
                        + "; to read the archived log of a deleted job, add --log-archive URI\n");
        assertThat(jobs.show(folder, "never").err())
                .startsWith("longshore: ContainerJob never not found in namespace " + jobs.namespace()
                        + ", nor in log archive file://" + folder);
        assertThat(jobs.show(other.resolve("none"), "gone").err())
                .hasLineCount(1)
                .contains("not found in namespace", "the folder does not exist");
    }

    @Test
    void ofSeveralJobsOfANameTheNewestOrTheWantedIsShown() {
        var first = jobs.run("again", "echo first").getMetadata().getUid();
        jobs.delete("again");
        var second = jobs.run("again", "echo second").getMetadata().getUid();
        jobs.show(folder, "again").assertOnly("second\n");
        jobs.show(folder, "again", first, ArchivedJobs.LAST, LogQuery.ALL).assertOnly("first\n");
        jobs.delete("again");
        var newest = jobs.show(folder, "again");
        assertThat(newest.out()).isEqualTo("second\n");
        assertThat(newest.err())
                .hasLineCount(1)
                .contains("logs of 2 jobs named again: showing the newest, UID " + second, "--uid", first);
        jobs.show(folder, "again", first, ArchivedJobs.LAST, LogQuery.ALL).assertOnly("first\n");
        var unknown = jobs.show(folder, "again", "4711", ArchivedJobs.LAST, LogQuery.ALL);
        assertThat(unknown.shown()).isEqualTo(Shown.TOO_LITTLE);
        assertThat(unknown.err()).hasLineCount(1).contains("ContainerJob again with UID 4711 not found in namespace");
    }

    @Test
    void eachAttemptHasItsLog() {
        var retry = "retry: {limit: 2, initialDelaySeconds: 1}";
        var job = jobs.run("tried", "hostname; exit 3", retry);
        for (var gone = 0; gone < 2; gone++) {
            jobs.attempt("tried", 1).assertOnly(hostname(job, 1));
            jobs.attempt("tried", null).assertOnly(hostname(job, 2));
            jobs.show(folder, "tried").assertOnly(hostname(job, 3));
            var none = jobs.attempt("tried", 4);
            assertThat(none.shown()).isEqualTo(Shown.TOO_LITTLE);
            assertThat(none.err()).hasLineCount(1).contains("attempt 4");
            if (gone == 0) {
                jobs.delete("tried");
            }
        }
    }

    @Test
    void anAttemptWhoseContainerIsKeptIsReadFromThat() throws IOException {
        jobs.running.job(
                "kept", "local", "hostname; exit 3", "autoRemove: false", "retry: {limit: 1, initialDelaySeconds: 1}");
        var job = jobs.running.await(
                "kept",
                now -> now.getStatus().attempts().stream().allMatch(tried -> tried.logArchive() != null)
                        && now.getStatus().attempts().size() == 2);
        Files.delete(jobs.file(job, 1));
        jobs.attempt("kept", null).assertOnly(hostname(job, 1));
        // Without the entry, by its name.
        jobs.edit(
                "kept",
                status -> status.attempts(status.attempts().stream()
                        .filter(tried -> tried.attempt() == 2)
                        .toList()));
        jobs.attempt("kept", 1).assertOnly(hostname(job, 1));
    }

    /** What an attempt's container prints: the beginning of its ID. */
    private static String hostname(ContainerJob job, int attempt) {
        return job.getStatus().attempts().get(attempt - 1).containerID().substring(0, 12) + "\n";
    }

    @Test
    void aUrlInTheStatusIsNeverOpened() throws IOException {
        var job = jobs.run("forged", ArchivedJobs.LONG);
        var secret = new ArchiveKey(jobs.namespace(), "forged", "another", 1);
        try (var archive = new FileArchive(
                        ArchivedJobs.options(folder).orElseThrow().uri());
                var upload = archive.upload(secret)) {
            try (var gzip = new GZIPOutputStream(upload.stream())) {
                gzip.write("2026-01-01T00:00:00.000000000Z stdout F secret\n".getBytes(UTF_8));
            }
            upload.commit();
        }
        jobs.edit("forged", status -> {
            var url = "file://" + folder + "/" + secret.path();
            var logs = status.logs();
            return status.logs(new JobLogs(logs.stdout(), logs.stderr(), true, new JobLogArchive(url, 1L, false, null)))
                    .attempts(status.attempts().stream()
                            .map(tried -> JobAttemptBuilder.builder(tried)
                                    .logArchive(url)
                                    .build())
                            .toList());
        });
        // The job's own is opened, whatever its status says.
        assertThat(jobs.show(folder, "forged").out()).startsWith("1\n").hasLineCount(3000);
        Files.delete(jobs.file(job, 1));
        jobs.show(folder, "forged").assertTail("a URL that is not one of this job's logs, and is not opened: file://");
    }

    @Test
    void ofADamagedLogWhatCanBeReadIsShown() throws IOException {
        var job = jobs.run("damaged", "seq 1 3000");
        var whole = Files.readAllBytes(jobs.file(job, 1));
        Files.write(jobs.file(job, 1), Arrays.copyOf(whole, whole.length / 2));
        var part = jobs.show(folder, "damaged");
        assertThat(part.shown()).isEqualTo(Shown.TOO_LITTLE);
        assertThat(part.out()).startsWith("1\n2\n");
        assertThat(part.err())
                .isEqualTo("longshore: failed to read the log at file://" + jobs.file(job, 1) + ": it is cut off\n");
        Files.writeString(jobs.file(job, 1), "no log");
        jobs.show(folder, "damaged")
                .assertTail(Shown.TOO_LITTLE, "failed to read the log at", "it is not gzip, or damaged");
    }

    @Test
    void aJobWhoseStatusHasNoTailHasAReason() {
        var job = jobs.run("lost", "echo out");
        jobs.edit(
                "lost",
                status -> status.logs(new JobLogs(
                        null, null, null, new JobLogArchive(null, null, null, "log lost: the host is gone"))));
        jobs.show(folder, "lost").assertOnly("out\n");
        jobs.file(job, 1).toFile().delete();
        jobs.edit(
                "lost",
                status -> status.attempts(status.attempts().stream()
                        .map(tried -> JobAttemptBuilder.builder(tried)
                                .logArchive(null)
                                .build())
                        .toList()));
        var none = jobs.show(null, "lost");
        assertThat(none.shown()).isEqualTo(Shown.TOO_LITTLE);
        assertThat(none.err())
                .hasLineCount(1)
                .contains("log lost: the host is gone", "its status has no log tail: Completed");
    }
}
