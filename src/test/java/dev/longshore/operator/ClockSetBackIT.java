package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobReason;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.OperatorProcess;
import dev.longshore.testing.TestCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The machine's clock was set back by an hour. What that does to a process is that {@code java.util.Timer}, which goes by that
 * clock, does everything an hour late: here one that does so takes its place.
 */
@NeedsApiServer
@NeedsDocker
class ClockSetBackIT {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final String LATE = """
            package java.util;

            public class Timer {
                public Timer() {}

                public Timer(boolean daemon) {}

                public Timer(String name) {}

                public Timer(String name, boolean daemon) {}

                public void schedule(TimerTask task, long delay) {}

                public void schedule(TimerTask task, long delay, long period) {}

                public void scheduleAtFixedRate(TimerTask task, long delay, long period) {}

                public void cancel() {}

                public int purge() {
                    return 0;
                }
            }
            """;

    @TempDir
    Path folder;

    private final String namespace = TestCluster.shared().namespace();
    private OperatorProcess operator;

    @BeforeEach
    void start() throws IOException {
        var source = Files.createDirectories(folder.resolve("source/java/util")).resolve("Timer.java");
        Files.writeString(source, LATE);
        var classes = Files.createDirectories(folder.resolve("classes"));
        var result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--patch-module",
                        "java.base=" + folder.resolve("source"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(result).isZero();
        operator = new OperatorProcess(
                List.of("--patch-module", "java.base=" + classes),
                List.of("operator", "--namespace", namespace, "--instance", namespace),
                Map.of("KUBECONFIG", ApiServer.shared().kubeconfig().toString()),
                ProcessBuilder.Redirect.DISCARD);
        create("""
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: local}
                spec: {endpoint: '%s'}
                """.formatted(LocalDocker.HOST));
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void timeoutsRetriesAndGraceGoByUptime() {
        createJob("timeout", """
                command: [sh, -c, 'trap "" TERM; while true; do sleep 1; done']
                timeoutSeconds: 2
                stopGracePeriodSeconds: 2
                """);
        createJob("retry", """
                command: ['false']
                retry: {limit: 1, initialDelaySeconds: 3}
                """);
        assertThat(awaitFinished("timeout").reason()).isEqualTo(JobReason.TIMED_OUT);
        assertThat(awaitFinished("retry").attempt()).isEqualTo(2);
        var client = TestCluster.shared().client();
        await().atMost(LONGEST)
                .until(() -> client.resources(DockerHost.class)
                                .inNamespace(namespace)
                                .withName("local")
                                .get()
                                .getStatus()
                                .jobs()
                                .running()
                        == 0);
    }

    private ContainerJobStatus awaitFinished(String name) {
        var job = TestCluster.shared()
                .client()
                .resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName(name);
        return await().atMost(LONGEST)
                .until(
                        () -> job.get().getStatus(),
                        status -> status != null
                                && status.phase() != null
                                && status.conditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Finished")
                                                        && condition.getStatus().equals("True")));
    }

    private void createJob(String name, String template) {
        create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                  hostRef: {name: local}
                  template:
                    image: busybox:stable
                    networkMode: none
                %s
                """.formatted(name, template.strip().indent(4)));
    }

    private void create(String yaml) {
        var client = TestCluster.shared().client();
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(resource ->
                        client.resource(resource).inNamespace(namespace).create());
    }
}
