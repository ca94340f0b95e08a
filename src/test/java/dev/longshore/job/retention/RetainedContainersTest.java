package dev.longshore.job.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetainedContainersTest {
    private static final HostKey HOST = new HostKey("team", "h");
    private static final JobKey JOB = new JobKey("team", "job", "uid");
    private static final LogState STORED = new LogState.Stored("memory:///log", 1, false);

    private final RetainedContainers retained = new RetainedContainers(() -> Duration.ZERO);

    private void stored(JobKey job, String id) {
        retained.add(job, HOST, container(id), new LogState.Owed(null), Duration.ZERO);
        retained.log(retained.get(job.uid(), id).orElseThrow(), STORED);
    }

    private static ContainerSnapshot container(String id) {
        return ContainerSnapshotBuilder.builder().id(id).name(id).build();
    }

    @Test
    void oneIsHeldUntilItsJobReportsIt() {
        stored(JOB, "c");
        assertThat(retained.holds("uid", "c")).isTrue();
        retained.reported(retained.get("uid", "c").orElseThrow());
        assertThat(retained.holds("uid", "c")).isFalse();
    }

    @Test
    void aJobOfAnotherNameThatIsGoneLetsNothingGo() {
        stored(JOB, "c");
        retained.forget(new JobKey("team", "made-up", "uid"));
        retained.forget(new JobKey("other", "job", "uid"), "c");
        assertThat(retained.holds("uid", "c")).isTrue();
        retained.forget(JOB);
        assertThat(retained.holds("uid", "c")).isFalse();
    }
}
