package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerGoneException;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobPhases;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A bound container that someone removes before it was started: another one is made only where it is certain that nobody
 * has started it.
 */
class PrunedContainersTest {
    private final World world = new World(new Random(1), 1);
    private final String host = world.hosts().get(0);

    @BeforeEach
    void connect() {
        world.schedule.pass(Duration.ofSeconds(5));
    }

    /** @return one that is bound and not started yet */
    private String submitAndBind() {
        var uid = world.submit(1, 0, host, null, null);
        while (world.api.job(uid).getStatus() == null
                || world.api.job(uid).getStatus().containerID() == null) {
            if (world.schedule.isAtRest()) {
                world.schedule.pass(Duration.ofSeconds(1));
            }
            world.schedule.steps(1);
        }
        assertThat(world.starts()).isZero();
        return uid;
    }

    private void assertIsRecreated(String uid) {
        world.schedule.pass(Duration.ofSeconds(10));
        assertThat(world.api.job(uid).getStatus().phase()).isEqualTo(JobPhase.RUNNING);
        assertThat(world.api.job(uid).getStatus().attempt()).isEqualTo(1);
        assertThat(world.api.job(uid).getStatus().attempts()).hasSize(1);
        assertThat(world.starts()).isEqualTo(1);
        world.endWell();
    }

    private void assertIsLost(String uid, int starts) {
        world.schedule.pass(Duration.ofSeconds(30));
        assertThat(world.api.job(uid).getStatus().phase()).isEqualTo(JobPhase.FAILED);
        assertThat(world.api.job(uid).getStatus().reason()).isEqualTo(JobReason.CONTAINER_LOST);
        assertThat(world.starts()).isEqualTo(starts);
    }

    @Test
    void oneIsMadeAgainByTheProcessThatBoundItAndHeardAllOfIt() {
        var job = submitAndBind();
        world.daemons.prune(host);
        assertIsRecreated(job);
    }

    @Test
    void aPruneLoopLosesNoJobThatWasNotStarted() {
        for (var number = 0; number < 40; number++) {
            world.submit(1, 0, host, null, null);
        }
        for (var round = 0; round < 3000; round++) {
            world.schedule.steps(1 + round % 7);
            if (round % 3 == 0) {
                world.daemons.prune(host);
            }
            if (world.schedule.isAtRest()) {
                world.schedule.pass(Duration.ofSeconds(2));
                world.daemons.containers(State.RUNNING).forEach(container -> world.daemons.exit(container.id(), 0));
            }
        }
        world.endWell();
        assertThat(world.api.all()).extracting(job -> job.getStatus().phase()).containsOnly(JobPhase.COMPLETED);
        assertThat(world.starts()).isEqualTo(40);
    }

    @Test
    void oneIsMadeAgainAtMostTenTimesAndLaterAndLater() {
        // Just before each start is received.
        world.faults.always("start", call -> {
            world.daemons.prune(host);
            return null;
        });
        var job = world.submit(1, 0, host, null, null);
        world.schedule.pass(Duration.ofMinutes(3));
        assertThat(JobPhases.finished(world.api.job(job))).isFalse();
        world.schedule.pass(Duration.ofMinutes(7));
        assertThat(world.api.job(job).getStatus().reason()).isEqualTo(JobReason.CONTAINER_LOST);
        assertThat(world.api.job(job).getStatus().message())
                .contains("by someone else before it started", "as were those before it");
        assertThat(world.faults.calls().stream().filter("create"::equals)).hasSize(11);
        assertThat(world.starts()).isZero();
        world.endWell();
    }

    @Test
    void oneThatIsRemovedWhileItIsMadeIsMadeAgain() {
        world.faults.always("create", call -> new ContainerGoneException(null));
        var job = world.submit(1, 0, host, null, null);
        world.schedule.pass(Duration.ofSeconds(5));
        world.faults.none();
        assertIsRecreated(job);
    }

    @Test
    void oneThatIsRemovedEachTimeWhileItIsMadeFailsAtLast() {
        world.faults.always("create", call -> new ContainerGoneException(null));
        var job = world.submit(1, 0, host, null, null);
        world.schedule.pass(Duration.ofMinutes(15));
        assertThat(world.api.job(job).getStatus().reason()).isEqualTo(JobReason.CREATE_FAILED);
        assertThat(world.api.job(job).getStatus().message()).contains("removed by someone else during creation");
        assertThat(world.faults.calls().stream().filter("create"::equals)).hasSize(10);
        world.endWell();
    }

    @Test
    void oneIsLostToAProcessThatHasNotBoundIt() {
        var job = submitAndBind();
        world.operators.kill();
        world.operators.start();
        world.daemons.prune(host);
        assertIsLost(job, 0);
    }

    @Test
    void oneIsLostWhereTheEventsWereSubscribedToAgain() {
        var job = submitAndBind();
        world.operators.connect(host);
        while (!world.schedule.isAtRest()
                && world.starts() == 0
                && !world.daemons.containers(State.CREATED).isEmpty()) {
            world.daemons.prune(host);
            world.schedule.steps(1);
        }
        // The removal is received, by the same subscription as the binding or by the next.
        world.schedule.pass(Duration.ofSeconds(30));
        assertThat(world.starts()).isLessThanOrEqualTo(1);
        assertThat(world.api.job(job).getStatus().attempt()).isEqualTo(1);
    }

    @Test
    void oneIsLostWhereTheRemovalWasNotHeard() {
        var job = submitAndBind();
        world.operators.deafen(host);
        world.daemons.prune(host);
        assertIsLost(job, 0);
    }

    @Test
    void oneThatSomeoneElseHasStartedIsLost() {
        var job = submitAndBind();
        var container = world.daemons.containers(State.CREATED).get(0).id();
        world.daemons.startByHand(container);
        world.daemons.destroyByHand(container);
        assertIsLost(job, 1);
    }

    @Test
    void oneThatADeposedOperatorHasBoundAndTheNextHasStartedIsNotMadeAgain() {
        for (var seed = 0; seed < 300; seed++) {
            var contested = new World(new Random(seed), 1);
            contested.schedule.pass(Duration.ofSeconds(5));
            var uid = contested.submit(1, 0, contested.hosts().get(0), null, null);
            contested.schedule.steps(seed % 40);
            contested.operators.depose(Duration.ofSeconds(40));
            for (var round = 0; round < 60; round++) {
                contested.schedule.steps(1);
                contested.daemons.containers(State.RUNNING).forEach(container -> {
                    contested.daemons.exit(container.id(), 0);
                    contested.daemons.destroyByHand(container.id());
                });
                if (round % 5 == 0) {
                    contested.daemons.prune(contested.hosts().get(0));
                }
                if (contested.schedule.isAtRest()) {
                    contested.schedule.pass(Duration.ofSeconds(2));
                }
            }
            contested.schedule.pass(Duration.ofMinutes(1));
            assertThat(contested.starts())
                    .as("with seed %d, starts of %s", seed, uid)
                    .isLessThanOrEqualTo(1);
        }
    }
}
