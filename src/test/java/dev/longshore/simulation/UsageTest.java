package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ContainerSnapshot.State;
import java.time.Duration;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Samples of what containers use. */
class UsageTest {
    private final World world = new World(new Random(1), 1);

    private int samples() {
        return Collections.frequency(world.faults.calls(), "stats");
    }

    @Test
    void oneIsTakenSoonAndThenEveryTenSecondsAndNoneOnceItEnded() {
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(samples()).isZero();
        world.submit(1, 0, world.hosts().get(0), null, null);
        world.schedule.pass(Duration.ofSeconds(65));
        assertThat(samples()).isEqualTo(7);
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 0);
        world.schedule.pass(Duration.ofMinutes(2));
        assertThat(samples()).isEqualTo(7);
        var usage = world.api.all().iterator().next().getStatus().usage();
        assertThat(usage.samples()).isEqualTo(7);
        assertThat(usage.cpuTime()).isEqualTo("1m1s");
    }

    @Test
    void whatAnEarlierOperatorSawIsLostAndTheNextBeginsAnew() {
        world.submit(1, 0, world.hosts().get(0), null, null);
        world.schedule.pass(Duration.ofSeconds(65));
        world.operators.kill();
        world.operators.start();
        world.schedule.pass(Duration.ofSeconds(5));
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 0);
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.api.all().iterator().next().getStatus().usage().samples())
                .isEqualTo(1);
    }
}
