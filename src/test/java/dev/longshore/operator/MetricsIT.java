package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.Metrics;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Prometheus scrapes the operator. */
class MetricsIT {
    private static final String FINISHED = "longshore_jobs_finished_total";
    private static final String CALLS = "longshore_docker_call_seconds";
    private static final String HOST_CALLS = "longshore_docker_host_call_seconds";
    private static final List<String> HISTOGRAMS =
            List.of("longshore_job_queue_seconds", "longshore_job_run_seconds", "longshore_result_delay_seconds");

    private static TestOperator operator;

    @BeforeAll
    static void start() {
        operator = new TestOperator();
        operator.createHost();
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    private static Metrics metrics() {
        return Metrics.scrape(operator.httpPort());
    }

    private static String host(String name) {
        return operator.namespace() + "/" + name;
    }

    @Test
    void whatJobsDidIsCountedOnceAlsoAcrossARestart() {
        operator.createHost("one", "endpoint: " + LocalDocker.HOST + "\nmaxConcurrentJobs: 1");
        operator.createJobOn("one", "metric-good", "command: ['true']");
        operator.createJobOn("one", "metric-bad", """
                command: [sh, -c, 'exit 3']
                retry: {limit: 1, initialDelaySeconds: 1}
                """);
        operator.awaitFinished("metric-good");
        operator.awaitFinished("metric-bad");
        var observed = awaitFinished("one", 2);
        assertThat(finished(observed, "one", "Completed", "Completed")).isEqualTo(1);
        assertThat(finished(observed, "one", "Failed", "NonZeroExit")).isEqualTo(1);
        assertThat(observed.value("longshore_host_slots", "host", host("one"))).isEqualTo(1);
        assertThat(observed.value("longshore_host_ready", "host", host("one"))).isEqualTo(1);
        assertThat(observed.value(CALLS + "_count", "call", "start", "outcome", "ok"))
                .isGreaterThanOrEqualTo(3);
        assertThat(observed.value(HOST_CALLS + "_count", "host", host("one"))).isBetween(12.0, 60.0);
        assertThat(observed.value(HOST_CALLS + "_sum", "host", host("one"))).isBetween(0.01, 120.0);
        for (var job : List.of("metric-good", "metric-bad")) {
            assertThat(observed.text())
                    .doesNotContain(job, operator.job(job).getMetadata().getUid(), "busybox");
        }
        operator.restart();
        operator.createJobOn("one", "metric-late", "command: ['true']");
        operator.awaitFinished("metric-late");
        var after = awaitFinished("one", 1);
        assertThat(finished(after, "one", "Failed", "NonZeroExit")).isZero();
        for (var histogram : HISTOGRAMS) {
            assertThat(after.value(histogram + "_count")).as(histogram).isEqualTo(1);
        }
        assertThat(after.value("longshore_result_delay_seconds_sum")).isBetween(0.0, 10.0);
    }

    @Test
    void aHostTellsWhatRunsAndWaitsAndIsForgottenWhenItGoes() {
        operator.createHost("busy", "endpoint: " + LocalDocker.HOST + "\nmaxConcurrentJobs: 1");
        var sleeps = "command: [sh, -c, 'sleep 60']\nstopGracePeriodSeconds: 1";
        operator.createJobOn("busy", "runs", sleeps);
        operator.awaitRunning("runs");
        operator.createJobOn("busy", "waits", sleeps);
        operator.awaitReason("waits", "WaitingForSlot");
        var observed = metrics();
        assertThat(observed.value("longshore_jobs_running", "host", host("busy")))
                .isEqualTo(1);
        assertThat(observed.value("longshore_jobs_queued", "host", host("busy")))
                .isEqualTo(1);
        operator.delete(operator.job("waits"));
        operator.delete(operator.job("runs"));
        operator.delete(operator.host("busy"));
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(metrics().text()).doesNotContain(host("busy")));
    }

    @Test
    void aHostThatCannotBeReachedIsNotReady() {
        operator.createHost("away", "endpoint: tcp://127.0.0.1:1");
        operator.awaitNotReady("away", "Unreachable", "connection refused");
        assertThat(metrics().value("longshore_host_ready", "host", host("away")))
                .isZero();
    }

    /** Else whoever writes jobs could make a series for each of them. */
    @Test
    void aHostThatNeverWasIsNoLabel() {
        operator.create(TestOperator.job("cancelled", "command: ['true']")
                .replace("hostRef: {name: local}", "hostRef: {name: made-up}\n  cancel: true"));
        operator.awaitFinished("cancelled");
        await().untilAsserted(() -> assertThat(metrics().sum(FINISHED, "reason", "CancelRequested", "host", ""))
                .isEqualTo(1));
        assertThat(metrics().text()).doesNotContain("made-up");
    }

    @Test
    void typesAreAsDocumentedAndTheFrameworkAndTheJvmTellTheirs() {
        operator.createJob("typed", "command: ['true']");
        operator.awaitFinished("typed");
        var observed = awaitFinished("local", 1);
        assertThat(observed.type(FINISHED)).isEqualTo("counter");
        assertThat(observed.labels(FINISHED)).containsExactlyInAnyOrder("phase", "reason", "host");
        for (var gauge : List.of("jobs_running", "jobs_queued", "host_ready", "host_slots")) {
            assertThat(observed.type("longshore_" + gauge)).as(gauge).isEqualTo("gauge");
            assertThat(observed.labels("longshore_" + gauge)).as(gauge).containsExactly("host");
        }
        for (var histogram : HISTOGRAMS) {
            assertThat(observed.type(histogram)).isEqualTo("histogram");
            assertThat(observed.labels(histogram + "_bucket")).containsExactly("le");
        }
        assertThat(observed.type(CALLS)).isEqualTo("histogram");
        assertThat(observed.labels(CALLS + "_bucket")).containsExactlyInAnyOrder("call", "outcome", "le");
        assertThat(observed.type(HOST_CALLS)).isEqualTo("summary");
        assertThat(observed.text().lines().filter(line -> line.startsWith(HOST_CALLS)))
                .allMatch(line -> line.matches(HOST_CALLS + "_(count|sum)\\{host=\"[^\"]+\"} .+"));
        assertThat(observed.type("jvm_memory_used_bytes")).isEqualTo("gauge");
        assertThat(observed.sum("operator_sdk_reconciliations_success_total", "kind", "ContainerJob"))
                .isPositive();
        assertThat(observed.samples())
                .noneMatch(sample ->
                        sample.labels().containsKey("name") || sample.labels().containsKey("namespace"));
    }

    private static Metrics awaitFinished(String host, int jobs) {
        return await().until(MetricsIT::metrics, observed -> observed.sum(FINISHED, "host", host(host)) == jobs);
    }

    private static double finished(Metrics observed, String host, String phase, String reason) {
        return observed.sum(FINISHED, "host", host(host), "phase", phase, "reason", reason);
    }
}
