package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.operator.LongshoreOperator;
import dev.longshore.operator.OperatorOptions;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs from their submission to their removal, by an operator on the daemon of this machine. */
@NeedsApiServer
@NeedsDocker
class ClusterJourneyIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static String namespace;
    private static Path kubeconfig;
    private static Commands commands;
    private static KubernetesClient client;
    private static LongshoreOperator operator;

    @BeforeAll
    static void start(ApiServer server) {
        server.installCrds();
        namespace = server.namespace();
        kubeconfig = server.kubeconfig();
        commands = new Commands(server, namespace);
        client = server.client();
        operator = new LongshoreOperator(
                server.client(),
                new OperatorOptions(Set.of(namespace), "default", false, 0, SOON, namespace, Set.of("*")));
        operator.start();
        var yaml = """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: local}
                spec: {endpoint: '%s'}
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata: {name: greet}
                spec:
                  image: %s
                  command: [sh, -c]
                  args: ['echo hello $NAME; sleep ${SECONDS_TO_SLEEP:-0}; exit ${CODE:-0}']
                  stopGracePeriodSeconds: 0
                """.formatted(LocalDocker.HOST, LocalDocker.IMAGE);
        server.client()
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item ->
                        server.client().resource(item).inNamespace(namespace).create());
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @Test
    void aTriggeredScheduleRunsAtOnce() {
        var yaml = """
                apiVersion: longshore.dev/v1
                kind: ContainerCronJob
                metadata: {name: yearly}
                spec:
                  schedule: '@yearly'
                  suspend: true
                  jobTemplate: {spec: {templateRef: {name: greet}, hostRef: {name: local}}}
                """;
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> client.resource(item).inNamespace(namespace).create());
        var triggered = commands.run("trigger", "yearly", "--wait");
        assertThat(triggered.exitCode()).as(triggered.err()).isZero();
        assertThat(triggered.out()).containsPattern("yearly-manual-[a-z0-9]{5} completed");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(commands.run("schedules", "-o", "wide").row("yearly"))
                                .startsWith("yearly", "@yearly", "Etc/UTC", "true", "0")
                                .contains("Allow", "True"));
        var jobs = commands.run("list", "--cron-job", "yearly", "-o", "name").lines();
        assertThat(jobs).hasSize(1);
        assertThat(commands.run("cleanup", "--phase", "Completed", "-l", "longshore.dev/cron-job=yearly", "-o", "name")
                        .lines())
                .isEqualTo(jobs);
    }

    @Test
    void aJobIsSubmittedWatchedRetriedCancelledCountedAndCleanedUp() {
        var done = commands.run("submit", "greet", "--name", "done", "--env", "NAME=you", "--wait");
        assertThat(done.lines())
                .startsWith("containerjob.longshore.dev/done created")
                .last()
                .asString()
                .startsWith("containerjob.longshore.dev/done completed");
        assertThat(done.err()).contains("done: Pending");

        var failed =
                commands.run("submit", "greet", "--name", "failed", "--host", "local", "--env", "CODE=3", "--follow");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).contains("failed (NonZeroExit)");

        assertThat(commands.run("list").row("failed")).startsWith("failed", "greet", "local", "3", "Failed", "3");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(commands.run("describe", "failed").out())
                                .contains("Standard Output:\n  hello\n")
                                .containsPattern("Warning +NonZeroExit"));
        assertThat(commands.run("hosts").row("local")).startsWith("local", LocalDocker.HOST, "True");

        var retried = commands.run("retry", "done", "--wait");
        assertThat(retried.exitCode()).isZero();
        assertThat(retried.out()).containsPattern("done-[a-z0-9]{5} completed");

        var slow = commands.run("submit", "greet", "--env", "SECONDS_TO_SLEEP=300", "-o", "name")
                .out()
                .strip();
        assertThat(commands.run("wait", slow, "--timeout", "0s").exitCode()).isEqualTo(124);
        assertThat(commands.run("cancel", slow).exitCode()).isZero();
        assertThat(commands.run("wait", slow, "--timeout", "30s").out()).contains(slow + " canceled");

        assertThat(commands.run("stats").row("greet")).startsWith("greet", "4", "2", "1", "1", "50.0%");
        assertThat(commands.run("cleanup").lines()).hasSize(4);
        assertThat(commands.run("list").err()).startsWith("No resources found");
    }

    @Test
    void whoIsInterruptedWhileWaitingLeavesTheJobRunning(@TempDir Path folder)
            throws IOException, InterruptedException {
        var log = folder.resolve("log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "submit",
                        "greet",
                        "--name",
                        "left",
                        "--env",
                        "SECONDS_TO_SLEEP=300",
                        "--wait",
                        "--kubeconfig",
                        kubeconfig.toString(),
                        "-n",
                        namespace)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(SOON).until(() -> Files.readString(log).contains("left: Running"));
        process.destroy();
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log))
                .contains("left is still running. Wait: longshore wait -n " + namespace + " left");
        assertThat(commands.run("wait", "left", "--timeout", "0s").err()).contains("Running");
        assertThat(commands.run("cancel", "left").exitCode()).isZero();
        assertThat(commands.run("wait", "left", "--timeout", "30s").exitCode()).isEqualTo(1);
        assertThat(commands.run("cleanup", "--phase", "Cancelled", "-o", "name").exitCode())
                .isZero();
    }
}
