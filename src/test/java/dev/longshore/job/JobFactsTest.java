package dev.longshore.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import org.junit.jupiter.api.Test;

class JobFactsTest {
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
        var found = JobFacts.NONE.with(next -> next.container(RUNNING).stale(true));
        assertThat(found.asOf(job("1")).knowsContainer("c1")).isFalse();
    }

    @Test
    void aReadingMayBeOutdatedUntilItIsPastTheWriteWithoutAnAnswer() {
        var facts = JobFacts.NONE.withWrittenOver("1");
        assertThat(facts.mayBeOutdated(job("1"))).isTrue();
        assertThat(facts.mayBeOutdated(job("2"))).isFalse();
        assertThat(facts.nextAttempt(2, null).mayBeOutdated(job("1"))).isTrue();
        // Read anew and written over again, while the cache has still not heard of the first.
        assertThat(facts.withWrittenOver("2").mayBeOutdated(job("1"))).isTrue();
        assertThat(JobFacts.NONE.mayBeOutdated(job(null))).isFalse();
    }
}
