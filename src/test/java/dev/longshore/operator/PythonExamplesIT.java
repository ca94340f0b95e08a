package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/python}, run by its users with the client that it names. */
@NeedsApiServer
@NeedsDocker
@EnabledIf("dev.longshore.operator.Python#isHere")
class PythonExamplesIT {
    private static TestOperator operator;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        operator = new TestOperator();
        operator.createNarrowHost();
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    private Python python() {
        return new Python(folder, ApiServer.shared().kubeconfig(), operator.namespace());
    }

    private Python.Ended patterns(String host) throws IOException, InterruptedException {
        return python().run("examples/python/patterns.py", "--namespace", operator.namespace(), "--host", host);
    }

    @Test
    void runsEveryPatternAndAgain() throws IOException, InterruptedException {
        var first = patterns("narrow");

        assertThat(first.code()).as(first.toString()).isZero();
        assertThat(first.errors()).isEmpty();
        assertThat(first.lines().get(0)).isEqualTo("python-patterns is configured");
        assertThat(first.lines().get(1))
                .matches("python-patterns-\\w+: Completed \\(Completed\\).*, success: True, output: INFO \\*\\*\\*");
        assertThat(first.lines().subList(2, 5)).allMatch(line -> line.endsWith("success: True"));
        assertThat(first.lines().get(5)).isEqualTo("batch: {'Completed': 3}");
        assertThat(first.lines().get(6)).matches("python-patterns-\\w+: Failed \\(NonZeroExit\\).* 3.*");
        assertThat(first.lines().get(7))
                .isEqualTo("Job execution error: ContainerTemplate " + operator.namespace()
                        + "/no-such-template does not exist");
        assertThat(first.lines().get(8))
                .matches("stats: \\{'total': 5, 'completed': 4, 'failed': 1, 'avg_duration': \\d+\\.\\d+}");
        assertThat(first.lines().get(9)).matches("summary: \\{'total': \\d+, 'completed': \\d+, .*");
        assertThat(first.lines().subList(10, first.lines().size()))
                .hasSize(5)
                .allMatch(line -> line.endsWith(": busybox:stable on " + LocalDocker.HOST));
        var generation = template().getMetadata().getGeneration();
        var batch = batch();

        var again = patterns("narrow");

        assertThat(again.code()).as(again.toString()).isZero();
        assertThat(again.lines()).contains("batch: {'Completed': 3}");
        assertThat(template().getMetadata().getGeneration()).isEqualTo(generation);
        assertThat(batch())
                .extracting(job -> job.getMetadata().getUid())
                .containsExactlyElementsOf(
                        batch.stream().map(job -> job.getMetadata().getUid()).toList());
    }

    private static ContainerTemplate template() {
        return operator.client()
                .resources(ContainerTemplate.class)
                .inNamespace(operator.namespace())
                .withName("python-patterns")
                .get();
    }

    private static List<ContainerJob> batch() {
        return operator.client()
                .resources(ContainerJob.class)
                .inNamespace(operator.namespace())
                .withLabel("batch", "python-patterns")
                .list()
                .getItems();
    }

    @Test
    void resumesTheFirstByPriorityAndTheHostStartsThemInThatOrder() throws Exception {
        operator.createHost("busy", """
                endpoint: %s
                maxConcurrentJobs: 1
                """.formatted(LocalDocker.HOST));
        operator.createJobOn("busy", "blocker", """
                command: [sh, -c, "sleep 600"]
                stopGracePeriodSeconds: 0
                """);
        operator.awaitRunning("blocker");
        for (var priority : List.of(3, 2, 1)) {
            operator.create(TestNamespace.job("priority-" + priority, "command: ['true']")
                    .replace(
                            "hostRef: {name: local}",
                            "hostRef: {name: busy}\n  suspend: true\n  priority: " + priority));
        }
        var batch = Executors.newSingleThreadExecutor();
        try {
            var printed = batch.submit(
                    () -> python().type(
                                    "for job, success in process_pending_jobs(cluster, max_concurrent=2): print(describe(job))"));
            operator.awaitReason("priority-1", "WaitingForSlot");
            operator.awaitReason("priority-2", "WaitingForSlot");
            operator.edit("blocker", spec -> spec.cancel(true));

            assertThat(printed.get())
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("priority-1: Completed"),
                            line -> assertThat(line).startsWith("priority-2: Completed"));
        } finally {
            batch.shutdown();
        }
        assertThat(operator.job("priority-1").getStatus().startedAt())
                .isLessThan(operator.job("priority-2").getStatus().startedAt());
        assertThat(operator.job("priority-3").getStatus().containerID()).isNull();
    }

    @Test
    void namesAHostThatIsNotThereInOneLine() throws IOException, InterruptedException {
        var ended = patterns("nowhere");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.errors())
                .isEqualTo("patterns.py: DockerHost " + operator.namespace() + "/nowhere does not exist\n");
    }
}
