package dev.longshore.job.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.HostSelector;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.job.JobLabels;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.InFlight;
import dev.longshore.job.attempt.Operation;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A job that is deleted while a selector has its container made somewhere. */
class JobCleanupTest {
    private static final Moment NOW = new Moment(Instant.EPOCH, Duration.ZERO);
    private static final AttemptState MAKING = AttemptState.NONE
            .withInFlight(new InFlight(Operation.Kind.PREPARE, "team/h", false))
            .abandoned();

    private static JobPlan plan(AttemptState state) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("job")
                .withUid("uid")
                .withDeletionTimestamp(NOW.time().toString())
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder()
                .hostSelector(new HostSelector(Map.of(), null, null))
                .build());
        return new JobCleanup(new AllReady()).plan(job, state, NOW, Duration.ofMinutes(10));
    }

    private static final class AllReady implements HostLoads {
        @Override
        public Optional<String> degraded(String host) {
            return Optional.empty();
        }

        @Override
        public Optional<String> unreachable(String host) {
            return Optional.empty();
        }

        @Override
        public boolean connecting(String host) {
            return false;
        }

        @Override
        public int running(String host) {
            return 0;
        }
    }

    @Test
    void itGoesAtOnceWhereNothingWasBegun() {
        assertThat(plan(AttemptState.NONE)).isEqualTo(new JobPlan.Delete());
        assertThat(plan(MAKING.pulling(true))).isEqualTo(new JobPlan.Delete());
    }

    @Test
    void itStaysUntilItsContainerIsMadeAndRemoved() {
        assertThat(plan(MAKING)).isEqualTo(new JobPlan.Rest(null));
        var made = ContainerSnapshotBuilder.builder()
                .id("made")
                .state(ContainerSnapshot.State.CREATED)
                .labels(Map.of(JobLabels.HOST, "team/h"))
                .build();
        assertThat(plan(AttemptState.NONE.observed("team/h", made)))
                .isEqualTo(new JobPlan.Act("team/h", new Operation.RemoveAll()));
    }
}
