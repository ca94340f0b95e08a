package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.JobPhase;
import dev.longshore.docker.ContainerSnapshot.State;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Someone starts a container again that has ended, at the worst of moments. */
class RestartedByHandTest {
    private static final int ORDERS = 20;

    private World world;

    /** @param call before which it is started again, once */
    private void endAndRestartBefore(String call, int seed) {
        world = new World(new Random(seed), 1);
        world.submit(1, 0, world.hosts().get(0), null, null);
        world.schedule.pass(Duration.ofSeconds(10));
        var container = running();
        var calls = world.faults.calls().size();
        world.faults.always(call, name -> {
            if (world.faults.calls().subList(calls, world.faults.calls().size()).stream()
                            .filter(call::equals)
                            .count()
                    == 1) {
                world.daemons.restartByHand(container);
            }
            return null;
        });
        world.daemons.exit(container, 7);
        world.schedule.pass(Duration.ofSeconds(10));
        assertThat(running()).isEqualTo(container);
    }

    private String running() {
        var running = world.daemons.containers(State.RUNNING);
        assertThat(running).hasSize(1);
        return running.get(0).id();
    }

    @Test
    void itIsNotRemovedWithoutBeingInspected() {
        for (var seed = 0; seed < ORDERS; seed++) {
            endAndRestartBefore("remove", seed);
            assertThat(world.api.all())
                    .extracting(job -> job.getStatus().exitCode())
                    .containsExactly(7);
            world.faults.none();
            world.daemons.exit(running(), 7);
            world.endWell();
        }
    }

    /** In the list that the operator gets when it connects again, it runs. */
    @Test
    void whatItEndedWithIsTheResultThoughThatCouldNotBeStoredBefore() {
        for (var seed = 0; seed < ORDERS; seed++) {
            world = new World(new Random(seed), 1);
            world.submit(1, 0, world.hosts().get(0), null, null);
            world.schedule.pass(Duration.ofSeconds(10));
            var container = running();
            world.faults.always("write", call -> new KubernetesClientException("no API server"));
            world.daemons.exit(container, 7);
            world.schedule.pass(Duration.ofSeconds(10));
            world.daemons.restartByHand(container);
            world.operators.loseConnection(world.hosts().get(0));
            world.operators.connectAll();
            world.schedule.pass(Duration.ofSeconds(10));
            world.faults.none();
            world.schedule.pass(Duration.ofMinutes(1));
            assertThat(world.api.all())
                    .extracting(job -> job.getStatus().exitCode())
                    .containsExactly(7);
            world.daemons.containers(State.RUNNING).forEach(again -> world.daemons.exit(again.id(), 0));
            world.endWell();
        }
    }

    /** The log that was read side by side with the inspection is of a run that has not ended. */
    @Test
    void itsLogIsNotTakenForThatOfTheJobBeforeItEnds() {
        for (var seed = 0; seed < ORDERS; seed++) {
            endAndRestartBefore("inspect", seed);
            assertThat(world.api.all())
                    .extracting(job -> job.getStatus().phase())
                    .containsExactly(JobPhase.RUNNING);
            world.faults.none();
            world.daemons.exit(running(), 7);
            world.schedule.pass(Duration.ofSeconds(10));
            assertThat(world.api.all())
                    .extracting(job -> job.getStatus().exitCode())
                    .containsExactly(7);
            world.endWell();
        }
    }
}
