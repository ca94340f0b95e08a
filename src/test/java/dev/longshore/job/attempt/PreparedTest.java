package dev.longshore.job.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.queue.Room;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreparedTest {
    private static final Room GIVEN = new Room(1, 2, List.of("1"));

    private static Prepared prepared(ContainerSnapshot.State state, Room room) {
        var container = ContainerSnapshotBuilder.builder()
                .id("c")
                .state(state)
                .labels(JobLabels.ofRoom(room.gpus(), room.label()))
                .build();
        var effective = ContainerTemplateSpecBuilder.builder().image("busybox").build();
        return new Prepared(container, new HostKey("team", "h"), effective, null, null, null, Duration.ZERO);
    }

    @Test
    void oneThatWasCreatedForOtherRoomIsNotWhatTheJobIsToHave() {
        assertThat(prepared(ContainerSnapshot.State.CREATED, GIVEN).holds(GIVEN))
                .isTrue();
        assertThat(prepared(ContainerSnapshot.State.CREATED, new Room(1, 2, List.of("0")))
                        .holds(GIVEN))
                .isFalse();
        assertThat(prepared(ContainerSnapshot.State.CREATED, new Room(1, 3, List.of("1")))
                        .holds(GIVEN))
                .isFalse();
    }

    @Test
    void oneThatHasRunIsTheAttemptWhateverItHad() {
        assertThat(prepared(ContainerSnapshot.State.EXITED, new Room(1, 2, List.of("0")))
                        .holds(GIVEN))
                .isTrue();
    }
}
