package dev.longshore.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobAttemptBuilder;
import dev.longshore.api.JobLogs;
import dev.longshore.cli.RunningJobs;
import dev.longshore.cli.output.StatusText;
import dev.longshore.docker.LogQuery;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.Certificates;
import dev.longshore.testing.FreezingRelay;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.TlsDocker;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where the log of a job comes from: the daemon of a real job, or its status. */
@NeedsApiServer
@NeedsDocker
class JobLogViewerIT {
    private static RunningJobs jobs;

    @BeforeAll
    static void start(ApiServer server) {
        jobs = new RunningJobs(server);
    }

    @AfterAll
    static void stop() {
        jobs.close();
    }

    private record Printed(JobLogViewer.Shown shown, String out, String err) {}

    /** The same without a process. */
    private static Printed show(KubernetesClient client, String name, LogQuery query, boolean timestamps) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var output = new LogOutput(
                new LogOutput.Stream(out, false),
                new LogOutput.Stream(err, false),
                new PrintWriter(err, true, StandardCharsets.UTF_8),
                timestamps);
        var shown = new JobLogViewer(client, jobs.job(name), ArchiveReader.none(), output, query).show();
        return new Printed(shown, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Printed show(String name) {
        return show(jobs.client, name, LogQuery.ALL, false);
    }

    private static void assertOneLine(String err, String... message) {
        assertThat(err.lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("longshore: ").contains(message));
    }

    @Test
    void theWholeLogComesFromAContainerThatWasKept() throws IOException {
        jobs.job("kept", "local", "seq 1 3000; echo done >&2", "autoRemove: false");
        var excerpt = jobs.awaitFinished("kept").getStatus().logs();
        assertThat(excerpt.truncated()).isTrue();
        var all = show("kept");
        assertThat(all.shown()).isEqualTo(JobLogViewer.Shown.LOG);
        assertThat(all.out()).startsWith("1\n2\n").endsWith("2999\n3000\n").hasLineCount(3000);
        assertThat(all.err()).isEqualTo("done\n");
        var end = show(jobs.client, "kept", new LogQuery(true, 2, null), true);
        assertThat(end.shown()).isEqualTo(JobLogViewer.Shown.LOG);
        assertThat((end.out() + end.err()).lines())
                .hasSize(2)
                .allMatch(line -> line.matches("[-0-9]{10}T[:0-9]{8}\\.[0-9]{9}Z (3000|2999|done)"));
        // Another container than this job's, as on a daemon that the same path or address leads someone else to.
        replaceContainer("kept");
        var other = show("kept");
        assertThat(other.shown()).isEqualTo(JobLogViewer.Shown.LOG);
        assertThat(other.out()).isEqualTo(excerpt.stdout());
        assertThat(other.err())
                .contains(
                        "longshore: showing the last 4 KiB of each stream; container not found on the Docker daemon at "
                                + LocalDocker.HOST);
    }

    private static void replaceContainer(String name) {
        var docker = LocalDocker.shared().client();
        var container = docker.createContainerCmd(LocalDocker.IMAGE)
                .withCmd("true")
                .withLabels(Map.of("longshore.dev/namespace", jobs.namespace))
                .exec()
                .getId();
        var job = jobs.job(name);
        job.setStatus(ContainerJobStatusBuilder.builder(job.getStatus())
                .attempts(job.getStatus().attempts().stream()
                        .map(attempt -> JobAttemptBuilder.builder(attempt)
                                .containerID(container)
                                .build())
                        .toList())
                .build());
        jobs.client.resource(job).updateStatus();
    }

    @Test
    void ofARemovedContainerTheExcerptIsPrinted() throws IOException {
        jobs.job("removed", "local", "echo out; echo err >&2");
        jobs.awaitFinished("removed");
        await().atMost(RunningJobs.SOON).until(() -> jobs.containers("removed").isEmpty());
        var ended = show(jobs.client, "removed", new LogQuery(true, null, null), false);
        assertThat(ended.shown()).isEqualTo(JobLogViewer.Shown.LOG);
        assertThat(ended.out()).isEqualTo("out\n");
        assertThat(ended.err()).isEqualTo("err\n");
    }

    @Test
    void ofALongLogOfARemovedContainerTheEndIsPrintedAndSaidToBe() throws IOException {
        jobs.job("long", "local", "seq 1 3000");
        jobs.awaitFinished("long");
        await().atMost(RunningJobs.SOON).until(() -> jobs.containers("long").isEmpty());
        var ended = show("long");
        assertThat(ended.out()).endsWith("2999\n3000\n").doesNotStartWith("1\n");
        assertThat(ended.err())
                .isEqualTo("longshore: showing the last 4 KiB of each stream; the container has been removed\n");
    }

    @Test
    void whereNeitherTheDaemonNorTheStatusHasTheLogTheReasonIsSaid() throws IOException {
        jobs.job("unread", "local", "echo out");
        jobs.awaitFinished("unread");
        await().atMost(RunningJobs.SOON).until(() -> jobs.containers("unread").isEmpty());
        var job = jobs.job("unread");
        job.setStatus(ContainerJobStatusBuilder.builder(job.getStatus())
                .logs(new JobLogs("", "", true))
                .message("exit code 0; failed to read log: configured logging driver does not support reading")
                .build());
        jobs.client.resource(job).updateStatus();
        var observed = show("unread");
        assertThat(observed.out()).isEmpty();
        assertOneLine(observed.err(), "no log was kept", "configured logging driver does not support reading");
    }

    @Test
    void theExcerptOfAnAttemptWhoseContainerIsGoneIsPrintedBeforeTheNext() throws IOException {
        jobs.job("again", "local", "echo out; exit 3", "retry: {limit: 1, initialDelaySeconds: 3}");
        jobs.await("again", job -> StatusText.state(job).contains("RetryBackoff"));
        await().atMost(RunningJobs.SOON).until(() -> jobs.containers("again").isEmpty());
        var followed = show(jobs.client, "again", new LogQuery(true, null, null), false);
        assertThat(followed.out()).isEqualTo("out\nout\n");
        assertThat(followed.err()).containsSubsequence("RetryBackoff", "attempt 2 of ContainerJob again");
    }

    @Test
    void aDaemonBehindTlsIsReachedWithTheSecretThatThePersonMayRead() throws IOException, GeneralSecurityException {
        var authority = new Certificates("authority");
        var secret = certificates(authority);
        jobs.client.resource(secret).create();
        try (var daemon = new TlsDocker(authority, "127.0.0.1")) {
            jobs.host("mutual", """
                    endpoint: tcp://127.0.0.1:%d
                    tls: {secretName: certificates}
                    """.formatted(daemon.port()));
            jobs.job("secured", "mutual", "seq 1 3000", "autoRemove: false");
            jobs.awaitFinished("secured");
            var whole = show("secured");
            assertThat(whole.shown()).isEqualTo(JobLogViewer.Shown.LOG);
            assertThat(whole.out()).hasLineCount(3000);
            assertThat(whole.err()).isEmpty();
            var refused = show(someoneElse(), "secured", LogQuery.ALL, false);
            assertThat(refused.shown()).isEqualTo(JobLogViewer.Shown.LOG);
            assertOneLine(
                    refused.err(),
                    "showing the last 4 KiB",
                    "failed to read DockerHost " + jobs.namespace + "/mutual",
                    "forbidden");
            jobs.client.resource(secret).delete();
            var excerpt = show("secured");
            assertThat(excerpt.shown()).isEqualTo(JobLogViewer.Shown.LOG);
            assertThat(excerpt.out()).endsWith("3000\n").doesNotStartWith("1\n");
            assertOneLine(
                    excerpt.err(), "showing the last 4 KiB", "Secret " + jobs.namespace + "/certificates not found");
        }
    }

    private static Secret certificates(Certificates authority) throws IOException, GeneralSecurityException {
        var own = authority.issue("EC", "client");
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(jobs.namespace)
                .withName("certificates")
                .endMetadata()
                .addToStringData("ca.crt", authority.pem())
                .addToStringData("tls.crt", own.pem())
                .addToStringData("tls.key", own.keyPem())
                .build();
    }

    /** Who may do nothing. */
    private static KubernetesClient someoneElse() {
        var config = new ConfigBuilder(jobs.client.getConfiguration())
                .withImpersonateUsername("someone-else")
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Test
    void aRunningJobWhoseDaemonCannotBeReachedHasNoLogYet() throws IOException {
        try (var relay = new FreezingRelay()) {
            jobs.host("lonely", "endpoint: " + relay.endpoint());
            jobs.job("lonely", "lonely", "echo out; sleep 60");
            jobs.awaitStarted("lonely");
            relay.close();
            relay.cut();
            var ended = show("lonely");
            assertThat(ended.shown()).isEqualTo(JobLogViewer.Shown.TOO_LITTLE);
            assertThat(ended.out()).isEmpty();
            assertOneLine(
                    ended.err(),
                    relay.endpoint() + ": connection refused",
                    "will have the log tail when the job has finished");
        }
    }
}
