package dev.longshore.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.cli.RunningJobs;
import dev.longshore.cli.log.JobLogViewer.Shown;
import dev.longshore.docker.LogQuery;
import dev.longshore.testing.ApiServer;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An operator with an archive in a folder, its jobs, and what their logs are for a person. */
final class ArchivedJobs implements AutoCloseable {
    static final AttemptChoice LAST = new AttemptChoice(null, false);
    /** More than fits into the tail. */
    static final String LONG = "seq 1 3000; echo done >&2";

    final Path folder;
    final RunningJobs running;

    ArchivedJobs(ApiServer server, Path folder) {
        this.folder = folder;
        this.running = new RunningJobs(server, options(folder));
    }

    record Printed(Shown shown, String out, String err) {
        void assertOnly(String out) {
            assertThat(this).isEqualTo(new Printed(Shown.LOG, out, ""));
        }

        /** The tail alone. */
        void assertTail(String... note) {
            assertTail(Shown.LOG, note);
        }

        void assertTail(Shown expected, String... note) {
            assertThat(shown).isEqualTo(expected);
            assertThat(out).doesNotStartWith("1\n").endsWith("\n2999\n3000\n");
            assertThat(err.lines().filter(line -> line.startsWith("longshore: ")))
                    .singleElement()
                    .asString()
                    .startsWith("longshore: showing the last 4 KiB of each stream; the container has been removed; ")
                    .contains(note);
        }
    }

    static Optional<ArchiveOptions> options(Path archive) {
        return Optional.of(ArchiveOptions.of("file://" + archive, null, null));
    }

    /** What {@code logs} prints, without a process. */
    Printed show(Path archive, String name, String uid, AttemptChoice choice, LogQuery query) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var output = new LogOutput(
                new LogOutput.Stream(out, false),
                new LogOutput.Stream(err, false),
                new PrintWriter(err, true, UTF_8),
                false);
        try (var reader = new ArchiveReader(archive == null ? Optional.empty() : options(archive))) {
            var client = running.client.adapt(NamespacedKubernetesClient.class).inNamespace(running.namespace);
            var shown = new LogRequest(client, reader, output, query, choice).show(name, uid);
            return new Printed(shown, out.toString(UTF_8), err.toString(UTF_8));
        }
    }

    Printed show(Path archive, String name) {
        return show(archive, name, null, LAST, LogQuery.ALL);
    }

    /** @param attempt null: the one before the last */
    Printed attempt(String name, Integer attempt) {
        return show(folder, name, null, new AttemptChoice(attempt, attempt == null), LogQuery.ALL);
    }

    /** A job that has finished, whose log is in the archive, and whose container is gone. */
    ContainerJob run(String name, String script, String... more) {
        running.job(name, "local", script, more);
        running.awaitFinished(name);
        running.await(
                name,
                job -> job.getStatus().logs().archive() != null
                        && job.getStatus().attempts().stream().allMatch(tried -> tried.logArchive() != null));
        await().atMost(RunningJobs.SOON).until(() -> running.containers(name).isEmpty());
        return running.job(name);
    }

    void delete(String name) {
        running.client.resource(running.job(name)).delete();
        await().atMost(RunningJobs.SOON).until(() -> running.job(name) == null);
    }

    Path file(ContainerJob job, int attempt) {
        return folder.resolve(new ArchiveKey(
                        running.namespace,
                        job.getMetadata().getName(),
                        job.getMetadata().getUid(),
                        attempt)
                .path());
    }

    void edit(String name, UnaryOperator<ContainerJobStatusBuilder> change) {
        var job = running.job(name);
        job.setStatus(
                change.apply(ContainerJobStatusBuilder.builder(job.getStatus())).build());
        running.client.resource(job).updateStatus();
    }

    String namespace() {
        return running.namespace;
    }

    @Override
    public void close() {
        running.close();
    }
}
