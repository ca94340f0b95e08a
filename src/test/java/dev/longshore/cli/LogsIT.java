package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.output.StatusText;
import dev.longshore.job.JobPhases;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code longshore logs} as a process, while an operator runs the jobs. */
@NeedsApiServer
@NeedsDocker
class LogsIT {
    private static RunningJobs jobs;

    @BeforeAll
    static void start(ApiServer server) {
        jobs = new RunningJobs(server);
    }

    @AfterAll
    static void stop() {
        jobs.close();
    }

    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    private final class Running {
        private final Path out = folder.resolve("out");
        private final Path err = folder.resolve("err");
        private final Process process;

        Running(String... arguments) throws IOException {
            var command = new ArrayList<>(Finished.INTERRUPTIBLE);
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
            command.addAll(List.of(arguments));
            command.addAll(
                    List.of("--kubeconfig", ApiServer.shared().kubeconfig().toString(), "-n", jobs.namespace));
            process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
        }

        void awaitSaid(Path where, String message) {
            await().atMost(RunningJobs.SOON).until(() -> Files.readString(where).contains(message));
        }

        Ended end() throws IOException {
            await().atMost(RunningJobs.SOON).until(() -> !process.isAlive());
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    private Ended logs(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(arguments));
        command.add(0, "logs");
        return new Running(command.toArray(String[]::new)).end();
    }

    private static void assertOneLine(String err, String... message) {
        assertThat(err.lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("longshore: ").contains(message));
    }

    @Test
    void aLogDriverWhoseLogCannotBeReadIsSaidToInOneLine() throws IOException {
        jobs.host("unread", "endpoint: " + LocalDocker.HOST + "\npolicy: {allowedLogDrivers: [{driver: none}]}");
        jobs.job("unread", "unread", "sleep 600", "logging: {driver: none}", "stopGracePeriodSeconds: 1");
        jobs.awaitStarted("unread");
        var driver = "configured logging driver does not support reading";
        var running = logs("unread");
        assertThat(running.code()).isEqualTo(2);
        assertOneLine(running.err(), "failed to read the log of ContainerJob unread: DockerHost ", driver);
        var following = new Running("logs", "-f", "unread");
        following.awaitSaid(following.err, driver + "; waiting for the job to finish");
        jobs.cancel("unread");
        assertThat(following.end().code()).isZero();
        jobs.awaitFinished("unread");
        assertOneLine(logs("unread").err(), "no log was kept (", driver, "the container has been removed");
    }

    @Test
    void aContainerThatIsKeptHasNoMoreOfIt() throws IOException {
        jobs.host("kept", "endpoint: " + LocalDocker.HOST + "\npolicy: {allowedLogDrivers: [{driver: none}]}");
        jobs.job("kept", "kept", "true", "logging: {driver: none}", "autoRemove: false");
        jobs.awaitFinished("kept");
        assertThat(logs("kept").err())
                .isEqualTo("longshore: no log was kept (container exited with code 0; failed to read log: configured"
                        + " logging driver does not support reading)\n");
    }

    @Test
    void aJobIsFollowedFromBeforeItsStartOverAllItsAttempts() throws IOException {
        jobs.job("follow", "later", "echo out; printf '\\\\033[1mbold\\\\n'; sleep 1; echo err >&2; exit 3", """
                retry: {limit: 1, initialDelaySeconds: 1}
                """);
        var following = new Running("logs", "-f", "follow");
        following.awaitSaid(following.err, "to start: Pending (HostNotFound)");
        jobs.host("later", "endpoint: " + LocalDocker.HOST);
        var ended = following.end();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo("out\n\u001b[1mbold\n".repeat(2));
        assertThat(ended.err().lines())
                .filteredOn(line -> !line.startsWith("longshore: "))
                .containsExactly("err", "err");
        assertThat(ended.err()).contains("longshore: attempt 2 of ContainerJob follow\n");
        assertThat(ended.err()).contains("RetryBackoff");
    }

    @Test
    void ctrlCEndsAFollowerAndLeavesTheJobAlone() throws IOException {
        jobs.job("long", "local", "echo out; sleep 60");
        var following = new Running("logs", "--follow", "long");
        following.awaitSaid(following.out, "out\n");
        new ProcessBuilder("kill", "-INT", Long.toString(following.process.pid()))
                .start()
                .onExit()
                .join();
        assertThat(following.end().code()).isEqualTo(130);
        assertThat(JobPhases.finished(jobs.job("long"))).isFalse();
    }

    @Test
    void aJobThatHasNotStartedHasNoLog() throws IOException {
        jobs.job("elsewhere", "no-such-host", "true");
        jobs.await("elsewhere", job -> StatusText.state(job).contains("HostNotFound"));
        var ended = logs("elsewhere");
        assertThat(ended.code()).isEqualTo(1);
        assertOneLine(ended.err(), "no log yet", "Pending (HostNotFound)");
        var misspelt = logs("elsewere");
        assertThat(misspelt.code()).isEqualTo(2);
        assertOneLine(misspelt.err(), "did you mean elsewhere?");
    }

    @Test
    void aSubmittedJobIsFollowed() throws IOException {
        jobs.template("say", "echo hello; exit 3");
        var ended = new Running("submit", "say", "--name", "said", "--host", "local", "--follow").end();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out().lines()).element(1).isEqualTo("hello");
        assertThat(ended.out().lines()).last().asString().contains("said failed (NonZeroExit)");
    }

    private static void label(String name, String value) {
        jobs.client
                .resources(ContainerJob.class)
                .inNamespace(jobs.namespace)
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"batch\": \"" + value + "\"}}}");
    }

    @Test
    void severalJobsAreShownOneAfterTheOtherAndFollowedAtOnce() throws IOException {
        for (var name : List.of("one", "two")) {
            jobs.job(name, "local", "echo " + name + "; sleep 5; echo end", "autoRemove: false");
            label(name, "followed");
        }
        var following = new Running("logs", "-f", "-l", "batch=followed", "--prefix");
        following.awaitSaid(following.out, "[containerjob/one] one\n");
        following.awaitSaid(following.out, "[containerjob/two] two\n");
        var ended = following.end();
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines())
                .containsExactlyInAnyOrder(
                        "[containerjob/one] one",
                        "[containerjob/one] end",
                        "[containerjob/two] two",
                        "[containerjob/two] end");
        assertThat(logs("one", "cjob/two")).isEqualTo(new Ended(0, "one\nend\ntwo\nend\n", ""));
        var missing = logs("none", "two", "--tail=1");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.out()).isEqualTo("end\n");
        assertOneLine(missing.err(), "longshore: none: ContainerJob none not found in namespace ");
        assertOneLine(
                logs("-f", "-l", "batch=followed", "--max-log-requests=1").err(),
                "cannot follow 2 jobs at once: the limit is 1, raise it with --max-log-requests");
        assertThat(logs("-l", "batch=none").err()).startsWith("No resources found in ");
        assertOneLine(logs("-l", "batch in").err(), "batch in");
    }

    @Test
    void optionsThatDoNotFitAreRefused() throws IOException {
        assertOneLine(logs().err(), "requires either names or --selector");
        assertOneLine(logs("one", "-l", "a=b").err(), "requires either names or --selector");
        assertOneLine(logs("one", "-p", "--attempt=1").err(), "cannot be used together");
        assertOneLine(logs("one", "-p", "-f").err(), "--previous cannot be used with --follow");
        assertOneLine(logs("one", "--log-archive=ftp://host").err(), "--log-archive ftp://host: must be file:///dir");
    }
}
