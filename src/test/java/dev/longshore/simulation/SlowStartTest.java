package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot.State;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A daemon that is busy takes longer to start a container than the container may run. */
class SlowStartTest {
    private static final int TIMEOUT_SECONDS = 3;

    private final World world = new World(new Random(1), 1);

    private String startSlowly() {
        world.schedule.pass(Duration.ofSeconds(5));
        world.faults.always("start", call -> {
            world.schedule.standStill(Duration.ofSeconds(TIMEOUT_SECONDS + 1));
            return null;
        });
        var uid = world.submit(3, 0, world.hosts().get(0), TIMEOUT_SECONDS, null);
        world.schedule.pass(Duration.ofSeconds(TIMEOUT_SECONDS + 3));
        return uid;
    }

    private String running() {
        return world.daemons.containers(State.RUNNING).get(0).id();
    }

    @Test
    void theTimeoutBeginsOnceItIsStarted() {
        var uid = startSlowly();
        world.daemons.exit(running(), 0);
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.api.reason(uid)).isEqualTo(JobReason.COMPLETED);
    }

    @Test
    void theTimeoutStillEndsIt() {
        var uid = startSlowly();
        world.schedule.pass(Duration.ofSeconds(TIMEOUT_SECONDS + 15));
        assertThat(world.api.reason(uid)).isEqualTo(JobReason.TIMED_OUT);
    }
}
