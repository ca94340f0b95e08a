package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.Allocatable;
import dev.longshore.api.Allocated;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostJobs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.cron.CronKey;
import dev.longshore.docker.connection.DockerCalls.Outcome;
import dev.longshore.job.HostKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** As many series as there are hosts, and not many times more. */
class OperatorMetricsTest {
    private static final List<String> CALLS = List.of(
            "create",
            "start",
            "inspect",
            "logs",
            "stats",
            "kill",
            "remove",
            "list",
            "pull",
            "image",
            "images",
            "remove_image",
            "files",
            "info",
            "ping");

    private final List<DockerHost> hosts = new ArrayList<>();
    private final List<ContainerCronJob> schedules = new ArrayList<>();
    private final OperatorMetrics metrics = new OperatorMetrics(new OperatorMetrics.Hosts() {
        @Override
        public List<DockerHost> all() {
            return hosts;
        }

        @Override
        public boolean isReady(HostKey host) {
            return true;
        }

        @Override
        public HostJobs jobs(HostKey host) {
            return new HostJobs(3, 1000);
        }

        @Override
        public List<ContainerCronJob> schedules() {
            return schedules;
        }

        @Override
        public Allocated allocated(DockerHost host) {
            return host.getSpec().allocatable() == null
                    ? null
                    : new Allocated(new Quantity("2500m"), null, List.of("GPU-2"));
        }
    });

    @AfterEach
    void close() {
        metrics.close();
    }

    private HostKey addHost(String name) {
        return addHost(name, null);
    }

    private HostKey addHost(String name, Allocatable allocatable) {
        var host = new DockerHost();
        host.getMetadata().setNamespace("production-of-the-reports");
        host.getMetadata().setName(name);
        host.setSpec(DockerHostSpecBuilder.builder()
                .endpoint("tcp://10.0.0.1:2376")
                .maxConcurrentJobs(20)
                .allocatable(allocatable)
                .build());
        hosts.add(host);
        return HostKey.of(host);
    }

    private void call(HostKey host, String call, Outcome outcome) {
        metrics.ended(host.toString(), call, outcome, Duration.ofMillis(20));
    }

    @Test
    void aThousandHostsAreLessThanTwoMegabytes() {
        for (var n = 0; n < 1000; n++) {
            var host = addHost("docker-of-a-rack-" + n);
            for (var outcome : Outcome.values()) {
                CALLS.forEach(call -> call(host, call, outcome));
            }
            for (var reason : List.of(JobReason.NON_ZERO_EXIT, JobReason.OOM_KILLED, JobReason.TIMED_OUT)) {
                metrics.finished(JobPhase.FAILED, reason, Optional.of(host));
            }
            metrics.finished(JobPhase.COMPLETED, JobReason.COMPLETED, Optional.of(host));
        }
        var text = metrics.scrape();
        assertThat(text.length()).isLessThan(2_000_000);
        assertThat(text.lines().filter(line -> line.startsWith("longshore_docker_call_seconds_count")))
                .hasSize(CALLS.size() * Outcome.values().length)
                .allMatch(line -> line.endsWith(" 1000"));
        assertThat(text.lines().filter(line -> line.startsWith("longshore_docker_host_call_seconds")))
                .hasSize(2 * 1000);
        assertThat(text)
                .contains(
                        "longshore_docker_host_call_seconds_count{host=\"production-of-the-reports/docker-of-a-rack-7\"} 45\n",
                        "longshore_docker_host_call_seconds_sum{host=\"production-of-the-reports/docker-of-a-rack-7\"} 0.9");
    }

    @Test
    void roomHasASeriesForWhatAHostCounts() {
        addHost("uncounted");
        addHost("counted", new Allocatable(new Quantity("8"), null, List.of("GPU-1", "GPU-2")));
        var host = "{host=\"production-of-the-reports/counted\",resource=";
        assertThat(metrics.scrape().lines().filter(line -> line.startsWith("longshore_host_alloc")))
                .containsExactlyInAnyOrder(
                        "longshore_host_allocatable" + host + "\"cpu\"} 8.0",
                        "longshore_host_allocatable" + host + "\"gpus\"} 2.0",
                        "longshore_host_allocated" + host + "\"cpu\"} 2.5",
                        "longshore_host_allocated" + host + "\"gpus\"} 1.0");
        hosts.clear();
        assertThat(metrics.scrape()).doesNotContain("longshore_host_alloc");
    }

    @Test
    void aScheduleThatReplacesAnotherOfItsNameIsCountedOn() {
        var before = addSchedule("first");
        metrics.scrape();
        schedules.clear();
        var after = addSchedule("second");
        metrics.schedules().missed(CronKey.of(after), 2);
        assertThat(metrics.scrape()).contains("longshore_cron_missed_total{schedule=\"team/tick\"} 2");
        assertThat(CronKey.of(before)).isNotEqualTo(CronKey.of(after));
    }

    private ContainerCronJob addSchedule(String uid) {
        var cron = new ContainerCronJob();
        cron.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("tick")
                .withUid(uid)
                .build());
        cron.setSpec(ContainerCronJobSpecBuilder.builder().schedule("@daily").build());
        schedules.add(cron);
        return cron;
    }

    @Test
    void theCallsOfAHostGoWithItAndBeginAnew() {
        var host = addHost("edge");
        call(host, "start", Outcome.OK);
        call(host, "start", Outcome.UNAVAILABLE);
        var count = "longshore_docker_host_call_seconds_count{host=\"" + host + "\"} ";
        assertThat(metrics.scrape()).contains(count + "2\n");
        var gone = List.copyOf(hosts);
        hosts.clear();
        call(host, "start", Outcome.OK);
        assertThat(metrics.scrape()).doesNotContain("edge");
        call(host, "start", Outcome.OK);
        hosts.addAll(gone);
        assertThat(metrics.scrape()).contains(count + "1\n");
    }
}
