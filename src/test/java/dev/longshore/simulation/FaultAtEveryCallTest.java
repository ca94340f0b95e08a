package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobStore;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two jobs on a host with one slot, the first of which fails once and is retried: whichever call of a daemon or the API
 * server goes wrong, before or after it took effect, they end as they would have. {@code -Dtable=true} prints what became
 * of them.
 */
class FaultAtEveryCallTest {
    /** How a call goes wrong. */
    enum Fault {
        NO_ANSWER {
            @Override
            Throwable of(String call, Faults.When when) {
                return call.equals("write") || call.equals("read")
                        ? new IllegalStateException("the API server does not answer")
                        : SimulatedHost.unavailable();
            }
        },
        CONFLICT {
            @Override
            Throwable of(String call, Faults.When when) {
                return call.equals("write") ? new JobStore.Conflict("as it happens") : SimulatedHost.unavailable();
            }
        },
        OPERATOR_KILLED {
            @Override
            Throwable of(String call, Faults.When when) {
                return new Faults.Killed();
            }
        };

        abstract Throwable of(String call, Faults.When when);
    }

    @ParameterizedTest
    @EnumSource
    void jobsEndAsTheyWouldHaveWithoutIt(Fault fault) {
        var calls = run(null, 0, null).faults.calls();
        for (var call = 0; call < calls.size(); call++) {
            for (var when : Faults.When.values()) {
                var where = "call %d (%s), %s: %s".formatted(call, calls.get(call), when, fault);
                var world = run(fault, call, when);
                var outcome = new StringBuilder();
                for (var job : world.api.all()) {
                    assertEndedWell(where, job);
                    var status = job.getStatus();
                    outcome.append(
                            " %s %s in %d".formatted(job.getMetadata().getName(), status.phase(), status.attempt()));
                }
                assertThat(world.starts()).as("starts after " + where).isEqualTo(3);
                if (Boolean.getBoolean("table")) {
                    System.out.printf("| %d | %s | %s | %s |%s |%n", call, calls.get(call), when, fault, outcome);
                }
            }
        }
    }

    private static void assertEndedWell(String where, ContainerJob job) {
        var attempts = job.getSpec().template().retry().limit() + 1;
        assertThat(job.getStatus().phase()).as(where).isEqualTo(JobPhase.COMPLETED);
        assertThat(job.getStatus().attempt()).as(where).isEqualTo(attempts);
    }

    private static World run(Fault fault, int call, Faults.When when) {
        var world = new World(new Random(1), 1);
        if (fault != null) {
            world.faults.plan(call, when, name -> fault.of(name, when));
        }
        world.submit(1, 1, world.hosts().get(0), null, null);
        world.submit(2, 0, world.hosts().get(0), null, null);
        for (var round = 0; round < 12; round++) {
            world.schedule.pass(Duration.ofSeconds(5));
            world.operators.start();
            world.daemons.containers(State.RUNNING).forEach(container -> {
                var fails = container.labels().get(JobLabels.JOB).equals("job-0")
                        && container.labels().get(JobLabels.ATTEMPT).equals("1");
                world.daemons.exit(container.id(), fails ? 1 : 0);
            });
        }
        world.endWell();
        return world;
    }
}
