package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A job that is not to run any more, while its start waits for its turn on a busy host. */
class UnwantedStartTest {
    private static final int ORDERS = 60;
    private static final List<BiConsumer<World, String>> CHANGES = List.of(
            (world, uid) -> world.api.edit(uid, spec -> spec.cancel(true)),
            (world, uid) -> world.api.edit(uid, spec -> spec.suspend(true)),
            World::delete);

    private final List<String> unwanted = new ArrayList<>();

    private static boolean isBound(World world, String uid) {
        return JobPhases.bound(world.api.job(uid));
    }

    private void change(BiConsumer<World, String> change, int seed) {
        var world = new World(new Random(seed), 1);
        world.schedule.pass(Duration.ofSeconds(5));
        var uid = world.submit(3, 0, world.hosts().get(0), null, null);
        var key = JobKey.of(world.api.job(uid));
        while (!isBound(world, uid)) {
            world.schedule.steps(1);
            if (world.schedule.isAtRest()) {
                world.schedule.pass(Duration.ofSeconds(1));
            }
        }
        world.faults.always("start", call -> {
            if (world.operators.leader().job(key).filter(JobPhases::mayStart).isEmpty()) {
                unwanted.add("seed " + seed);
            }
            return null;
        });
        change.accept(world, uid);
        world.schedule.pass(Duration.ofSeconds(10));
        world.faults.none();
        world.endWell();
    }

    @Test
    void isNotStarted() {
        for (var change : CHANGES) {
            for (var seed = 0; seed < ORDERS; seed++) {
                change(change, seed);
            }
        }
        assertThat(unwanted).isEmpty();
    }
}
