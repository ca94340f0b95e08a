package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.JobPhase;
import dev.longshore.docker.ContainerSnapshot.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A container is started without being inspected first only where nobody else can have started it. Each condition is broken
 * alone, and each time someone else, such as another operator, has started the container, and its program has ended.
 */
class UninspectedStartTest {
    /** In some orders in which things happen its creation is received later than it is started. */
    private static final int ORDERS = 40;

    private World world;
    private String host;

    /** @param test from the moment at which a job is bound, and its start is not sent yet */
    private void inEachOrder(Consumer<String> test) {
        var orders = 0;
        for (var seed = 0; seed < ORDERS; seed++) {
            world = new World(new Random(seed), 1);
            host = world.hosts().get(0);
            world.schedule.pass(Duration.ofSeconds(5));
            var job = world.submit(1, 0, host, null, null);
            while (!world.schedule.isAtRest() && !isBound(job)) {
                world.schedule.steps(1);
            }
            // Else the job itself was received late.
            if (isBound(job) && world.starts() == 0) {
                orders++;
                test.accept(job);
            }
        }
        assertThat(orders).isGreaterThan(ORDERS / 2);
    }

    private boolean isBound(String job) {
        var status = world.api.job(job).getStatus();
        return status != null && status.containerID() != null;
    }

    private void startByHand() {
        world.daemons.startByHand(world.daemons.containers(State.CREATED).get(0).id());
    }

    /** No event is received meanwhile. */
    private void assertInspectsAfter(Runnable change) {
        inEachOrder(job -> {
            world.operators.deafen(host);
            change.run();
            startByHand();
            assertStartsOnce(job);
        });
    }

    private void assertStartsOnce(String uid) {
        world.schedule.pass(Duration.ofMinutes(2));
        assertThat(world.starts()).isLessThanOrEqualTo(1);
        assertThat(world.api.phase(uid)).isEqualTo(JobPhase.COMPLETED);
        world.endWell();
    }

    private List<String> callsAfter(int before) {
        var calls = world.faults.calls();
        return calls.subList(before, calls.size()).stream()
                .filter(call -> !call.equals("write") && !call.equals("image") && !call.equals("file"))
                .toList();
    }

    @Test
    void aShortJobNeedsNoInspectionButThatOfItsEnd() {
        var calls = new ArrayList<List<String>>();
        inEachOrder(job -> {
            start();
            world.daemons.exit(running(), 0);
            world.schedule.pass(Duration.ofSeconds(5));
            calls.add(callsAfter(0));
            world.endWell();
        });
        // The inspection of what was created is part of its creation.
        assertThat(calls)
                .filteredOn(each -> each.size() == 5)
                .hasSizeGreaterThan(ORDERS / 3)
                .allSatisfy(each ->
                        assertThat(each).containsExactlyInAnyOrder("create", "start", "inspect", "logs", "remove"));
        // Its log may be read first.
        assertThat(calls).anyMatch(each -> each.indexOf("logs") < each.lastIndexOf("inspect"));
        assertThat(calls)
                .filteredOn(each -> each.size() != 5)
                .allSatisfy(each -> assertThat(each)
                        .startsWith("create", "inspect", "start")
                        .hasSize(6));
    }

    @Test
    void aLongerOneIsInspectedForTheTimeAtWhichItStarted() {
        inEachOrder(job -> {
            start();
            var started = world.faults.calls().size();
            world.schedule.pass(Duration.ofMillis(900));
            assertThat(callsAfter(started)).isEmpty();
            world.schedule.pass(Duration.ofMillis(200));
            assertThat(callsAfter(started)).contains("inspect");
            assertThat(world.api.job(job).getStatus().startedAt()).isNotNull();
            world.endWell();
        });
    }

    @Test
    void anOperatorThatStoodStillForASecondSinceItsBindingInspects() {
        assertInspectsAfter(() -> {
            world.schedule.standStill(Duration.ofSeconds(1));
            // And the time of day was set back meanwhile.
            world.schedule.jump(Duration.ofSeconds(-1));
        });
    }

    @Test
    void oneThatStoodStillBeforeItKnewThatItsBindingWasAcceptedInspects() {
        var bindings = new AtomicInteger();
        for (var seed = 0; seed < ORDERS; seed++) {
            world = new World(new Random(seed), 1);
            host = world.hosts().get(0);
            world.schedule.pass(Duration.ofSeconds(5));
            var job = world.submit(1, 0, host, null, null);
            var isBinding = new AtomicBoolean(true);
            world.faults.always("write", call -> {
                if (isBinding.getAndSet(false)) {
                    bindings.incrementAndGet();
                    world.faults.plan(-1, Faults.When.AFTER, written -> {
                        assertThat(isBound(job)).isTrue();
                        world.operators.deafen(host);
                        world.schedule.standStill(Duration.ofSeconds(1));
                        world.schedule.jump(Duration.ofSeconds(-1));
                        startByHand();
                        return null;
                    });
                }
                return null;
            });
            assertStartsOnce(job);
        }
        assertThat(bindings).hasValue(ORDERS);
    }

    @Test
    void aDeposedLeaderThatGoesOnStartsNothingThatItsSuccessorHasStarted() {
        for (var seed = 0; seed < 1000; seed++) {
            var contested = new World(new Random(seed), 1);
            contested.schedule.pass(Duration.ofSeconds(5));
            contested.submit(1, 0, contested.hosts().get(0), null, null);
            contested.schedule.steps(seed % 25);
            contested.operators.depose(Duration.ofSeconds(40));
            while (!contested.schedule.isAtRest()) {
                contested.schedule.steps(1);
                contested.daemons.containers(State.RUNNING).forEach(each -> contested.daemons.exit(each.id(), 0));
            }
            contested.schedule.pass(Duration.ofMinutes(1));
            assertThat(contested.starts()).as("with seed %d", seed).isLessThanOrEqualTo(1);
        }
    }

    /** The clock that never jumps has stood still as well. */
    @Test
    void oneWhoseMachineWasSuspendedInspects() {
        assertInspectsAfter(() -> world.schedule.jump(Duration.ofMinutes(1)));
    }

    @Test
    void oneThatMayHaveMissedAnEventInspects() {
        inEachOrder(job -> {
            world.operators.leader().host(host).lose();
            startByHand();
            world.operators.leader().host(host).connect();
            assertStartsOnce(job);
        });
    }

    @Test
    void oneThatDoesNotLeadForCertainInspects() {
        assertInspectsAfter(() -> world.operators.leader().deposed = true);
    }

    @Test
    void oneThatHasNotBoundItInspects() {
        inEachOrder(job -> {
            world.operators.kill();
            startByHand();
            world.operators.start();
            assertStartsOnce(job);
        });
    }

    @Test
    void aStartWhoseAnswerWasLostIsNotRepeatedUnseen() {
        inEachOrder(job -> {
            world.operators.deafen(host);
            var lost = new AtomicBoolean();
            world.faults.always("start", call -> {
                if (lost.getAndSet(true)) {
                    return null;
                }
                startByHand();
                return SimulatedHost.unavailable();
            });
            assertStartsOnce(job);
        });
    }

    private void start() {
        while (world.starts() == 0) {
            if (world.schedule.isAtRest()) {
                world.schedule.pass(Duration.ofMillis(10));
            }
            world.schedule.steps(1);
        }
    }

    private String running() {
        var running = world.daemons.containers(State.RUNNING);
        assertThat(running).hasSize(1);
        return running.get(0).id();
    }
}
