package dev.longshore.job.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.LogTail;
import dev.longshore.job.HostKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptStateTest {
    private static final ContainerSnapshot RUNNING = ContainerSnapshotBuilder.builder()
            .id("c1")
            .state(ContainerSnapshot.State.RUNNING)
            .build();

    private static ContainerJob job(String resourceVersion) {
        var job = new ContainerJob();
        job.getMetadata().setResourceVersion(resourceVersion);
        return job;
    }

    @Test
    void whatWasFoundAtARestartIsNotTakenForKnownAtTheFirstLook() {
        var found =
                AttemptState.NONE.observed(new HostKey("ns", "host"), RUNNING).markedStale();
        assertThat(found.asOf(job("1")).knowsContainer("c1")).isFalse();
    }

    @Test
    void theTextOfLogsIsKeptUntilItIsStoredWithTheResult() {
        var state = AttemptState.NONE
                .with(next -> next.attempt(1).bound("c1"))
                .observed(new HostKey("ns", "host"), RUNNING)
                .ended(new ContainerOutput(new LogTail("x".repeat(65_536), "", false), List.of()));
        var job = job("1");
        var running = ContainerJobStatusBuilder.builder()
                .phase(JobPhase.RUNNING)
                .attempt(1)
                .containerID("c1")
                .build();
        job.setStatus(running);
        assertThat(state.asOf(job).observation().output().orElseThrow().logs().stdout())
                .hasSize(65_536);
        job.setStatus(ContainerJobStatusBuilder.builder(running)
                .phase(JobPhase.COMPLETED)
                .build());
        assertThat(state.asOf(job).observation().output().orElseThrow().logs().stdout())
                .isEmpty();
        assertThat(state.asOf(job).knowsContainer("c1")).isTrue();
    }

    @Test
    void aReadingMayBeOutdatedUntilItIsPastTheWriteWithoutAnAnswer() {
        var state = AttemptState.NONE.withWrittenOver("1");
        assertThat(state.mayBeOutdated(job("1"))).isTrue();
        assertThat(state.mayBeOutdated(job("2"))).isFalse();
        assertThat(state.nextAttempt(2, null).mayBeOutdated(job("1"))).isTrue();
        // Read anew and written over again, while the cache has still not heard of the first.
        assertThat(state.withWrittenOver("2").mayBeOutdated(job("1"))).isTrue();
        assertThat(AttemptState.NONE.mayBeOutdated(job(null))).isFalse();
    }
}
