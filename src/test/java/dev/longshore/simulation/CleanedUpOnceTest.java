package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobStore;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A job that its finalizer holds until it is cleaned up is not cleaned up once more when it is gone. */
class CleanedUpOnceTest {
    private World world;
    private String host;

    private String runningJob(int seed, boolean archives) {
        world = new World(new Random(seed), archives, 1);
        host = world.hosts().get(0);
        world.schedule.pass(Duration.ofSeconds(5));
        var job = world.submit(1, 0, host, null, null);
        world.schedule.pass(Duration.ofSeconds(20));
        assertThat(world.api.job(job).hasFinalizer(JobStore.FINALIZER)).isTrue();
        return job;
    }

    private void assertIsGone(String job) {
        assertThat(world.api.byUid(job)).isEmpty();
    }

    @Test
    void itsHostIsNotAskedAgain() {
        for (var seed = 0; seed < 20; seed++) {
            var job = runningJob(seed, false);
            var calls = world.faults.calls().size();
            world.delete(job);
            world.schedule.pass(Duration.ofSeconds(3));
            world.daemons.containers(State.RUNNING).forEach(each -> world.daemons.exit(each.id(), 143));
            world.schedule.pass(Duration.ofMinutes(2));

            assertIsGone(job);
            assertThat(world.faults.calls().subList(calls, world.faults.calls().size()))
                    .as("with seed %d", seed)
                    .containsOnlyOnce("list");
            world.endWell();
        }
    }

    @Test
    void aLogThatAnUnreachableHostKeepsIsReportedLostOnce() {
        for (var seed = 0; seed < 20; seed++) {
            var job = runningJob(seed, true);
            world.operators.loseConnection(host);
            world.delete(job);

            world.schedule.pass(Duration.ofMinutes(15));

            assertIsGone(job);
            assertThat(world.recorded("LogArchiveFailed"))
                    .as("with seed %d", seed)
                    .hasSize(1);
            world.operators.connect(host);
            world.endWell();
        }
    }
}
