package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.OperatorProcess;
import dev.longshore.testing.OwnApiServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A tenant with many jobs of 1 MB each, and an operator with half the heap that its image gives it. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
@NeedsApiServer
@NeedsDocker
class LargeJobsIT {
    private static final int LARGE = 200;
    private static final int OTHERS = 5;
    private static final Duration LONGEST = Duration.ofMinutes(8);
    /** Less than the jobs take together. */
    private static final List<String> HEAP = List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    /** 1 MB. */
    private static final String ARGUMENTS = String.join(", ", Collections.nCopies(1000, '"' + "x".repeat(1000) + '"'));

    @TempDir
    Path folder;

    private OwnApiServer server;

    @BeforeEach
    void start() {
        server = new OwnApiServer();
        server.installCrds(crd -> {});
        server.createNamespace("hostile");
        server.createNamespace("other");
        server.create("other", """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: local}
                spec:
                  endpoint: %s
                  allowedNamespaces: {from: All}
                """.formatted(LocalDocker.HOST));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void jobsOfOthersCompleteBesideThem() {
        IntStream.range(0, LARGE).parallel().forEach(this::createLarge);
        try (var operator = operator("first.log")) {
            othersComplete(operator, "before");
            assertMessageExplains();
            assertThat(operator.isAlive()).isTrue();
        }
        try (var operator = operator("second.log")) {
            othersComplete(operator, "after");
        }
    }

    private void assertMessageExplains() {
        var large = server.client()
                .resources(ContainerJob.class)
                .inNamespace("hostile")
                .withName("large-7");
        await().atMost(LONGEST)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> large.get().getStatus().reason() != null);
        var failed = large.get().getStatus();
        assertThat(failed.reason()).isEqualTo(JobReason.CREATE_FAILED);
        assertThat(failed.message()).contains("bytes as JSON; at most 262144 are allowed");
        assertThat(failed.effective()).isNull();
    }

    /** Sent as it is: to make a manifest of it would take longer than all the rest. */
    private void createLarge(int number) {
        server.client().raw("/apis/longshore.dev/v1/namespaces/hostile/containerjobs", "POST", """
                {"apiVersion": "longshore.dev/v1", "kind": "ContainerJob", "metadata": {"name": "large-%d"},
                 "spec": {"hostRef": {"namespace": "other", "name": "local"},
                          "template": {"image": "busybox:stable", "args": [%s]}}}
                """.formatted(
                        number, ARGUMENTS));
    }

    private OperatorProcess operator(String log) {
        return server.operator(
                HEAP, ProcessBuilder.Redirect.to(folder.resolve(log).toFile()));
    }

    private void othersComplete(OperatorProcess operator, String name) {
        IntStream.range(0, OTHERS).forEach(n -> server.create("other", job(name + n, "command: ['true']")));
        for (var n = 0; n < OTHERS; n++) {
            var job = server.client()
                    .resources(ContainerJob.class)
                    .inNamespace("other")
                    .withName(name + n);
            await().atMost(LONGEST).pollInterval(Duration.ofMillis(200)).until(() -> {
                assertThat(operator.isAlive()).isTrue();
                var status = job.get().getStatus();
                return status != null && status.phase() == JobPhase.COMPLETED;
            });
        }
    }

    private static String job(String name, String template) {
        return """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                  hostRef: {namespace: other, name: local}
                  template:
                    image: busybox:stable
                    networkMode: none
                %s
                """.formatted(name, template.indent(4));
    }
}
