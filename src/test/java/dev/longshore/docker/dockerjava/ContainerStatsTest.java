package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.docker.ResourceSample;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerStatsTest {
    private static Optional<ResourceSample> sample(String json) throws JsonProcessingException {
        return ContainerStats.sample(new ObjectMapper().readTree(json));
    }

    @Test
    void thePageCacheIsTakenOffAsVersion1OfCgroupsCountsIt() throws JsonProcessingException {
        var sample = sample("""
                {"cpu_stats": {"cpu_usage": {"total_usage": 1889868137}},
                 "memory_stats": {"usage": 3000, "max_usage": 9000,
                   "stats": {"inactive_file": 1, "total_inactive_file": 1000}},
                 "networks": {"eth0": {"rx_bytes": 500, "tx_bytes": 7}, "eth1": {"rx_bytes": 16, "tx_bytes": 1}}}
                """);
        assertThat(sample).contains(new ResourceSample(2000, Duration.ofNanos(1889868137), 516L, 8L));
    }

    @Test
    void andAsVersion2Does() throws JsonProcessingException {
        var sample = sample("""
                {"cpu_stats": {"cpu_usage": {"total_usage": 1000}},
                 "memory_stats": {"usage": 3000, "stats": {"inactive_file": 500}}}
                """);
        assertThat(sample).contains(new ResourceSample(2500, Duration.ofNanos(1000), null, null));
    }

    @Test
    void cacheThatCannotBeIsNotTakenOff() throws JsonProcessingException {
        var sample = sample("""
                {"cpu_stats": {"cpu_usage": {"total_usage": 1000}},
                 "memory_stats": {"usage": 3000, "stats": {"inactive_file": 3000}}}
                """);
        assertThat(sample.orElseThrow().memory()).isEqualTo(3000);
    }

    @Test
    void aContainerThatHasEndedGivesNone() throws JsonProcessingException {
        assertThat(sample("""
                {"read": "0001-01-01T00:00:00Z", "cpu_stats": {"cpu_usage": {"total_usage": 0}}, "memory_stats": {}}
                """)).isEmpty();
    }
}
