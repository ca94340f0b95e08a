package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.JobKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunEndTest {
    private static final int JOBS = 1000;

    private final Map<JobKey, ContainerJob> jobs = new LinkedHashMap<>();
    private int checks;
    private final RunEnd end = new RunEnd(new HostPatience(Duration.ofMinutes(1)), job -> {
        checks++;
        return false;
    });

    private static ContainerJob job(String name) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName(name)
                .withUid(name)
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder().build());
        job.setStatus(
                ContainerJobStatusBuilder.builder().phase(JobPhase.RUNNING).build());
        return job;
    }

    @Test
    void asManyJobsAreCheckedAsEnd() {
        for (var n = 0; n < JOBS; n++) {
            var job = job("job-" + n);
            jobs.put(JobKey.of(job), job);
        }
        var keys = List.copyOf(jobs.keySet());
        for (var key : keys) {
            assertThat(end.areSettled(keys, jobs::get)).isFalse();
            jobs.get(key)
                    .setStatus(ContainerJobStatusBuilder.builder()
                            .phase(JobPhase.COMPLETED)
                            .build());
        }
        assertThat(end.areSettled(keys, jobs::get)).isTrue();
        assertThat(checks).isLessThan(4 * JOBS);
    }

    /** Other jobs of the run give room back; nothing here makes a host larger. */
    @Test
    void waitsForRoomAndNotForALargerHost() {
        assertThat(end.isSettled(waiting(JobReason.INSUFFICIENT_CAPACITY))).isFalse();
        assertThat(end.isSettled(waiting(JobReason.EXCEEDS_CAPACITY))).isTrue();
    }

    private static ContainerJob waiting(JobReason reason) {
        var job = job("waits");
        job.setStatus(ContainerJobStatusBuilder.builder()
                .phase(JobPhase.PENDING)
                .reason(reason)
                .message("memory")
                .build());
        return job;
    }
}
