package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobReason;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.file.FileArchive;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code cleanup} leaves, and what it removes besides jobs. */
@NeedsApiServer
class CleanupArchivesIT {
    @TempDir
    private Path folder;

    private TestJobs jobs;
    private ApiServer server;

    @BeforeEach
    void start(ApiServer running) {
        server = running;
        jobs = new TestJobs(running);
    }

    private Path log(String uid, String name, int attempt) throws IOException {
        var key = new ArchiveKey(jobs.namespace(), name, uid, attempt);
        try (var archive = new FileArchive(URI.create("file://" + folder));
                var upload = archive.upload(key)) {
            upload.stream().write(1);
            upload.commit();
        }
        return folder.resolve(key.path());
    }

    private void edit(String name, int keep, JobAttempt... attempts) {
        var job = jobs.job(name);
        job.setStatus(ContainerJobStatusBuilder.builder(job.getStatus())
                .attempt(attempts.length)
                .attempts(List.of(attempts))
                .effective(ContainerTemplateSpecBuilder.builder()
                        .image("busybox")
                        .keepFailedSeconds(keep)
                        .build())
                .build());
        server.client().resource(job).updateStatus();
    }

    private static JobAttempt attempt(int number, JobReason reason) {
        var now = Instant.now().toString();
        return new JobAttempt(number, "c" + number, 1, reason, now, now, null);
    }

    @Test
    void archivedLogsGoWithTheirJobs() throws IOException {
        jobs.completed("done");
        edit("done", 0, attempt(1, JobReason.NON_ZERO_EXIT), attempt(2, JobReason.COMPLETED));
        var uid = jobs.job("done").getMetadata().getUid();
        var logs = List.of(log(uid, "done", 1), log(uid, "done", 2));
        var others = List.of(log("earlier", "done", 1), log(uid, "other", 1));
        var commands = jobs.commands();
        commands.run("cleanup", "--archives").assertRefused("--archives requires --log-archive");
        commands.run("cleanup", "--archives", "--log-archive", "file://" + folder + "/none")
                .assertRefused("the folder does not exist");
        assertThat(jobs.job("done")).isNotNull();
        assertThat(commands.run("cleanup", "--archives", "--log-archive", "file://" + folder, "--dry-run")
                        .lines())
                .hasSize(1);
        assertThat(logs).allMatch(Files::exists);
        assertThat(commands.run("cleanup", "--archives", "--log-archive", "file://" + folder)
                        .lines())
                .singleElement()
                .asString()
                .contains("\"done\" deleted");
        assertThat(logs).noneMatch(Files::exists);
        assertThat(others).allMatch(Files::exists);
    }

    @Test
    void jobsWhoseFailedContainersAreKeptStay() {
        jobs.completed("kept");
        edit("kept", 600, attempt(1, JobReason.NON_ZERO_EXIT), attempt(2, JobReason.COMPLETED));
        jobs.completed("done");
        for (var dryRun = 0; dryRun < 2; dryRun++) {
            var cleanup = dryRun == 0
                    ? jobs.commands().run("cleanup", "--dry-run")
                    : jobs.commands().run("cleanup");
            assertThat(cleanup.lines()).singleElement().asString().contains("\"done\" deleted");
            assertThat(cleanup.err())
                    .hasLineCount(1)
                    .startsWith("longshore: 1 job is not deleted, because failed containers are kept"
                            + " (keepFailedSeconds) until ");
        }
        assertThat(jobs.job("kept")).isNotNull();
        assertThat(jobs.commands().run("describe", "kept").out())
                .contains(
                        "Kept Container (attempt 1):",
                        "docker -H " + LocalDocker.HOST + " logs longshore-"
                                + jobs.job("kept").getMetadata().getUid() + "-1");
    }
}
