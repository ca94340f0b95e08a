package dev.longshore.job.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobReason;
import dev.longshore.api.RetryPolicyBuilder;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.attempt.Prepared;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code status.gpus}: with the binding, and for as long as the attempt lasts. */
class AssignedGpusTest {
    private static final List<String> GPUS = List.of("nvidia.com/gpu=1", "0");

    private static JobStatuses bound(int retries) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("job")
                .withGeneration(1L)
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder().build());
        var template = ContainerTemplateSpecBuilder.builder()
                .image("busybox")
                .retry(RetryPolicyBuilder.builder().limit(retries).build())
                .build();
        var container = ContainerSnapshotBuilder.builder()
                .id("c1")
                .name("n")
                .labels(JobLabels.ofRoom(GPUS, null))
                .build();
        job.setStatus(new JobStatuses(job, Instant.EPOCH)
                .bound(
                        1,
                        new Prepared(
                                container, new HostKey("team", "h"), template, null, null, "inputs", Duration.ZERO)));
        assertThat(job.getStatus().containerID()).isEqualTo("c1");
        assertThat(job.getStatus().gpus()).isEqualTo(GPUS);
        return new JobStatuses(job, Instant.EPOCH);
    }

    private static final JobResult LOST = JobResult.failed(JobReason.CONTAINER_LOST, "lost");

    @Test
    void aFinishedJobKeepsThem() {
        assertThat(bound(0).ended(LOST, null).gpus()).isEqualTo(GPUS);
        assertThat(bound(1).pending(JobReason.STARTING, "starting").gpus()).isEqualTo(GPUS);
    }

    @Test
    void theyAreGoneBeforeANextAttempt() {
        assertThat(bound(1).ended(LOST, null).gpus()).isEmpty();
        assertThat(bound(1).unbound(JobReason.WAITING_FOR_SLOT, "waiting").gpus())
                .isEmpty();
    }
}
