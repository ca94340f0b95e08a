package dev.longshore.job.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobResultTest {
    private static ContainerSnapshotBuilder exited() {
        return ContainerSnapshotBuilder.builder()
                .id("container")
                .state(ContainerSnapshot.State.EXITED)
                .startedAt(Instant.parse("2026-01-02T03:04:05Z"));
    }

    @Test
    void aContainerOfWhichNobodyKnowsHowItEndedIsLost() {
        var result = JobResult.ofExit(exited().build(), false, false, null);
        assertThat(result.reason()).isEqualTo(JobReason.CONTAINER_LOST);
        assertThat(result.message())
                .isEqualTo(
                        "the daemon does not know when and how the container ended: its machine was restarted while it"
                                + " ran");
    }

    @Test
    void oneThatExitedWithoutErrorIsCompleted() {
        var container = exited().exitCode(0)
                .finishedAt(Instant.parse("2026-01-02T03:04:06Z"))
                .build();
        assertThat(JobResult.ofExit(container, false, false, null).reason()).isEqualTo(JobReason.COMPLETED);
    }
}
