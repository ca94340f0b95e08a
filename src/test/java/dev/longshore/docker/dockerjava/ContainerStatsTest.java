package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ResourceSample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerStatsTest {
    private static Optional<ResourceSample> sample(String json) throws IOException {
        return ContainerStats.sample(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void thePageCacheIsTakenOffAsVersion1OfCgroupsCountsIt() throws IOException {
        var sample = sample("""
                {"cpu_stats": {"cpu_usage": {"total_usage": 1889868137}},
                 "memory_stats": {"usage": 3000, "max_usage": 9000,
                   "stats": {"inactive_file": 1, "total_inactive_file": 1000}},
                 "networks": {"eth0": {"rx_bytes": 500, "tx_bytes": 7}, "eth1": {"rx_bytes": 16, "tx_bytes": 1}}}
                """);
        assertThat(sample).contains(new ResourceSample(2000L, Duration.ofNanos(1889868137), 516L, 8L));
    }

    @Test
    void andAsVersion2Does() throws IOException {
        var sample = sample("""
                {"cpu_stats": {"cpu_usage": {"total_usage": 1000}},
                 "memory_stats": {"usage": 3000, "stats": {"inactive_file": 500}}}
                """);
        assertThat(sample).contains(new ResourceSample(2500L, Duration.ofNanos(1000), null, null));
    }

    @Test
    void cacheThatCannotBeIsNotTakenOff() throws IOException {
        var sample = sample("""
                {"cpu_stats": {"cpu_usage": {"total_usage": 1000}},
                 "memory_stats": {"usage": 3000, "stats": {"inactive_file": 3000}}}
                """);
        assertThat(sample.orElseThrow().memory()).isEqualTo(3000);
    }

    /** As much of it as is not read, and values of any other kind. */
    @Test
    void theRestOfTheAnswerDoesNotMatter() throws IOException {
        var sample = sample("""
                {"read": "2026-01-01T00:00:00Z", "pids_stats": {"current": 1}, "blkio_stats": {"io": [{"usage": 1}], "x": null},
                 "precpu_stats": {"cpu_usage": {"total_usage": 5}},
                 "cpu_stats": {"cpu_usage": {"percpu_usage": [1, 2], "total_usage": 7, "x": {"total_usage": 9}}, "online_cpus": 2},
                 "memory_stats": {"usage": 30, "limit": 18446744073709551615, "stats": {"inactive_file": "none", "x": [[]]}},
                 "networks": {"eth0": {"rx_bytes": null, "tx_bytes": 18446744073709551615}, "eth1": 5}}
                """);
        assertThat(sample).contains(new ResourceSample(30L, Duration.ofNanos(7), 0L, 0L));
        assertThat(sample("[]")).isEmpty();
        assertThat(sample("")).isEmpty();
    }

    /** From Docker 28.5 on version 2 of cgroups where memory and pids alone are delegated, as systemd does for rootless users. */
    @Test
    void memoryIsSampledWhereCpuTimeIsNotKnown() throws IOException {
        assertThat(sample("""
                {"read": "2026-11-26T15:55:05.85292135Z", "preread": "0001-01-01T00:00:00Z",
                 "pids_stats": {"current": 1, "limit": 18446744073709551615},
                 "blkio_stats": {"io_service_bytes_recursive": null}, "num_procs": 0, "storage_stats": {},
                 "cpu_stats": {"cpu_usage": {"total_usage": 0, "usage_in_kernelmode": 0, "usage_in_usermode": 0},
                   "system_cpu_usage": 8930000000, "online_cpus": 1,
                   "throttling_data": {"periods": 0, "throttled_periods": 0, "throttled_time": 0}},
                 "precpu_stats": {"cpu_usage": {"total_usage": 0, "usage_in_kernelmode": 0, "usage_in_usermode": 0}},
                 "memory_stats": {"usage": 430080, "limit": 3151659008,
                   "stats": {"active_anon": 4096, "anon": 57344, "inactive_anon": 4096, "inactive_file": 512}},
                 "networks": {"eth0": {"rx_bytes": 1042, "rx_packets": 11, "tx_bytes": 126, "tx_packets": 3}}}
                """)).contains(new ResourceSample(429568L, null, 1042L, 126L));
    }

    @Test
    void andCpuTimeWhereMemoryIsNot() throws IOException {
        for (var memory : new String[] {"{}", "null", "{\"usage\": 0}"}) {
            assertThat(sample("""
                    {"cpu_stats": {"cpu_usage": {"total_usage": 1000}}, "memory_stats": %s}
                    """.formatted(memory)))
                    .contains(new ResourceSample(null, Duration.ofNanos(1000), null, null));
        }
    }

    @Test
    void aContainerThatHasEndedGivesNone() throws IOException {
        assertThat(sample("""
                {"read": "0001-01-01T00:00:00Z", "cpu_stats": {"cpu_usage": {"total_usage": 0}}, "memory_stats": {}}
                """)).isEmpty();
    }
}
