package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.InstalledCrds;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.OperatorProcess;
import dev.longshore.testing.OwnApiServer;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Resources that were stored under other definitions, and that the operator cannot read. */
@NeedsApiServer
@NeedsDocker
@Execution(ExecutionMode.CONCURRENT)
class UnreadableObjectsIT {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final String NAMESPACE = "jobs";

    @TempDir
    Path folder;

    private OwnApiServer server;
    private OperatorProcess operator;

    @BeforeEach
    void start() throws IOException {
        server = new OwnApiServer();
        server.installCrds(InstalledCrds::withoutRules);
        server.createNamespace(NAMESPACE);
        server.create(NAMESPACE, """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: local}
                spec: {endpoint: '%1$s'}
                ---
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: bad}
                spec: {endpoint: '%1$s', maxConcurrentJobs: many}
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata: {name: bad}
                spec: {image: [a, b]}
                """.formatted(LocalDocker.HOST));
        createBad("in-the-list");
        createWithFinalizers("with-finalizers");
        // A client of this test could not read the answer.
        server.client().raw("/apis/longshore.dev/v1/namespaces/" + NAMESPACE + "/containerjobs", "POST", """
                {"apiVersion": "longshore.dev/v1", "kind": "ContainerJob", "metadata": {"name": "long-name"},
                 "spec": {"hostSelector": {"matchLabels": {"%s": "v"}}, "template": {"image": "busybox:stable"}}}
                """.formatted(
                        "k".repeat(60_000)));
        operator = operator();
    }

    @AfterEach
    void stop() {
        operator.close();
        server.close();
    }

    private OperatorProcess operator() {
        return server.operator(List.of(), ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void createBad(String name) {
        server.create(NAMESPACE, """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s, finalizers: [longshore.dev/container]}
                spec: {priority: high, hostRef: {name: local}, template: {image: 'busybox:stable'}}
                """.formatted(name));
    }

    /** Others before and behind that of the operator. */
    private void createWithFinalizers(String name) {
        server.create(NAMESPACE, """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s, finalizers: ['example.com/first', longshore.dev/container, '%s']}
                spec: {suspend: true, hostRef: {name: local}, template: {image: 'busybox:stable'}}
                """.formatted(
                        name,
                        IntStream.range(0, 10_000)
                                .mapToObj(i -> "example.com/" + "f".repeat(40) + i)
                                .collect(Collectors.joining("', '"))));
    }

    private void create(String name, String host, String command) {
        server.create(NAMESPACE, """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                  hostRef: {name: %s}
                  template: {image: 'busybox:stable', networkMode: none, command: %s, stopGracePeriodSeconds: 0}
                """.formatted(name, host, command));
    }

    private void awaitStatus(String name, Predicate<ContainerJobStatus> expected) {
        await().atMost(LONGEST)
                .until(() -> Optional.ofNullable(server.client()
                                .resources(ContainerJob.class)
                                .inNamespace(NAMESPACE)
                                .withName(name)
                                .get()
                                .getStatus())
                        .filter(expected)
                        .isPresent());
    }

    private void complete(String name) {
        create(name, "local", "['true']");
        await().atMost(LONGEST).until(() -> {
            assertThat(operator.isAlive()).isTrue();
            var job = server.client()
                    .resources(ContainerJob.class)
                    .inNamespace(NAMESPACE)
                    .withName(name)
                    .get();
            return job.getStatus() != null && job.getStatus().phase() == JobPhase.COMPLETED;
        });
    }

    @Test
    void oneThatCannotBeReadWhileItWaitsKeepsNoOtherWaiting() {
        server.create(NAMESPACE, """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: narrow}
                spec: {endpoint: '%s', maxConcurrentJobs: 1}
                """.formatted(LocalDocker.HOST));
        create("runs", "narrow", "[sleep, '1000']");
        awaitStatus("runs", status -> status.phase() == JobPhase.RUNNING);
        create("first-in-line", "narrow", "['true']");
        awaitStatus("first-in-line", status -> status.reason() == JobReason.WAITING_FOR_SLOT);
        server.client()
                .genericKubernetesResources("longshore.dev/v1", "ContainerJob")
                .inNamespace(NAMESPACE)
                .withName("first-in-line")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"finalizers\": [" + finalizers() + "]}}");
        create("second-in-line", "narrow", "['true']");
        server.client()
                .resources(ContainerJob.class)
                .inNamespace(NAMESPACE)
                .withName("runs")
                .delete();
        awaitStatus("second-in-line", status -> status.phase() == JobPhase.COMPLETED);
    }

    /** More than is read. */
    private static String finalizers() {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "\"example.com/" + "f".repeat(40) + i + "\"")
                .collect(Collectors.joining(", "));
    }

    @Test
    void theyAreSkippedAndReportedAndTheOthersRun() throws IOException {
        complete("beside-those-in-the-list");
        createBad("in-the-watch");
        complete("after-one-in-the-watch");
        assertThat(Files.readString(log()))
                .contains("skipping ContainerJob jobs/in-the-list, which is invalid")
                .contains("skipping ContainerJob jobs/in-the-watch, which is invalid")
                .contains("skipping ContainerJob jobs/with-finalizers, which is invalid: its metadata is ")
                .contains("skipping DockerHost jobs/bad, which is invalid")
                .contains("skipping ContainerTemplate jobs/bad, which is invalid");
        operator.kill();
        operator = operator();
        complete("after-a-restart");
        var bad = server.client()
                .genericKubernetesResources("longshore.dev/v1", "ContainerJob")
                .inNamespace(NAMESPACE);
        bad.withName("in-the-list").delete();
        await().atMost(LONGEST).until(() -> bad.withName("in-the-list").get() == null);
        bad.withName("with-finalizers").delete();
        await().atMost(LONGEST)
                .untilAsserted(() -> assertThat(bad.withName("with-finalizers")
                                .get()
                                .getMetadata()
                                .getFinalizers())
                        .hasSize(10_001)
                        .startsWith("example.com/first")
                        .doesNotContain("longshore.dev/container"));
    }
}
