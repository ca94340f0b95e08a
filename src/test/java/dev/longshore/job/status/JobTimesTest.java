package dev.longshore.job.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobTimesTest {
    @Test
    void timeToLiveCountsFromTheConditionAndNotFromTheDaemonsClock() {
        var job = new ContainerJob();
        job.setSpec(
                ContainerJobSpecBuilder.builder().ttlSecondsAfterFinished(60).build());
        job.setStatus(ContainerJobStatusBuilder.builder()
                .finishedAt("2031-01-01T00:00:00.000Z")
                .conditions(List.of(new ConditionBuilder()
                        .withType(JobPhases.FINISHED)
                        .withStatus("True")
                        .withLastTransitionTime("2026-01-01T00:00:00.000Z")
                        .build()))
                .build());
        assertThat(JobTimes.timeToLive(job)).contains(Instant.parse("2026-01-01T00:01:00Z"));
    }
}
