package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot.State;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs that a status says are still to be archived, and that cannot be any more: it says so in the end, and once. */
class LostLogsTest {
    private final World world = new World(new Random(1), true, 1);
    private final String host = world.hosts().get(0);
    private String job;

    @BeforeEach
    void finishWithoutStore() {
        world.faults.always("archive commit", call -> SimulatedArchive.unavailable());
        world.schedule.pass(Duration.ofSeconds(5));
        job = world.submit(1, 1, host, null, null);
        world.schedule.pass(Duration.ofSeconds(5));
        exit(0);
    }

    private void exit(int code) {
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), code);
        world.schedule.pass(Duration.ofSeconds(2));
        assertThat(error()).startsWith("log not archived yet, retrying: ");
        assertThat(world.recorded("LogArchiveFailed")).hasSize(1);
    }

    private String error() {
        return world.api.job(job).getStatus().logs().archive().error();
    }

    private void removeContainer() {
        world.daemons.containers(State.EXITED).forEach(each -> world.daemons.destroyByHand(each.id()));
    }

    private void assertIsLost(String why) {
        assertThat(error()).startsWith("log lost: ").contains(why);
        assertThat(world.recorded("LogArchiveFailed")).as("late, then lost").hasSize(2);
    }

    @Test
    void oneWhoseContainerWasRemovedWithoutAnOperator() {
        world.operators.kill();
        removeContainer();
        world.operators.start();
        world.schedule.pass(Duration.ofSeconds(10));

        assertIsLost("was removed from DockerHost " + host);

        world.operators.kill();
        world.operators.start();
        world.schedule.pass(Duration.ofMinutes(30));
        assertIsLost("was removed");
    }

    @Test
    void oneWhoseContainerWasRemovedWhileTheStoreIsAway() {
        removeContainer();
        world.schedule.pass(Duration.ofMinutes(1));

        assertIsLost("was removed");
    }

    @Test
    void notOneWhoseHostDoesNotAnswerBeforeItDoes() {
        world.operators.kill();
        removeContainer();
        world.faults.always("inspect", call -> SimulatedHost.unavailable());
        world.operators.start();
        world.schedule.pass(Duration.ofSeconds(20));
        world.operators.loseConnection(host);
        world.schedule.pass(Duration.ofSeconds(20));
        assertThat(error()).contains("retrying");

        world.faults.none();
        world.operators.connect(host);
        world.schedule.pass(Duration.ofSeconds(5));
        assertIsLost("was removed");
    }

    @Test
    void oneThatNoOperatorHasAnArchiveFor() {
        world.operators.kill();
        world.isArchiveRemoved = true;
        world.operators.start();
        world.schedule.pass(Duration.ofSeconds(20));

        assertIsLost("no longer has a log archive");
        assertThat(world.daemons.containers(State.EXITED)).isEmpty();
    }

    @Test
    void oneOnAHostThatIsDeleted() {
        world.removeHost(host);
        world.schedule.pass(Duration.ofSeconds(10));

        assertIsLost("DockerHost " + host + " was deleted");
    }

    @Test
    void oneOnAHostThatWasDeletedWithoutAnOperator() {
        world.operators.kill();
        world.removeHost(host);
        removeContainer();
        world.operators.start();
        world.schedule.pass(Duration.ofSeconds(10));

        assertIsLost("DockerHost " + host + " was deleted");
    }

    @Test
    void oneWhoseContainerIsThereIsNot() {
        world.operators.kill();
        world.operators.start();
        world.schedule.pass(Duration.ofMinutes(5));
        assertThat(error()).contains("retrying");

        world.faults.none();
        world.schedule.pass(Duration.ofMinutes(15));
        assertThat(error()).isNull();
        assertThat(world.recorded("LogArchiveFailed")).hasSize(1);
        world.endWell();
    }

    @Test
    void thatOfAnEarlierAttemptWhileTheNextWaits() {
        world.faults.none();
        world.schedule.pass(Duration.ofMinutes(15));
        world.faults.always("archive commit", call -> SimulatedArchive.unavailable());
        job = world.submit(1, 1, host, null, null);
        world.schedule.pass(Duration.ofSeconds(5));
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 1);
        world.schedule.pass(Duration.ofSeconds(2));
        assertThat(world.api.job(job).getStatus().reason()).isEqualTo(JobReason.RETRY_BACKOFF);
        assertThat(error()).contains("retrying");
        world.operators.kill();
        removeContainer();
        world.operators.start();
        world.schedule.pass(Duration.ofSeconds(2));

        assertThat(error()).startsWith("log lost: ").contains("was removed");
        world.schedule.pass(Duration.ofSeconds(20));
        assertThat(world.daemons.containers(State.RUNNING)).hasSize(1);
    }

    @Test
    void thatOfAContainerThatWasRemovedBeforeItEnded() {
        world.faults.none();
        world.schedule.pass(Duration.ofMinutes(15));
        var before = world.recorded("LogArchiveFailed").size();
        job = world.submit(1, 0, host, null, null);
        world.schedule.pass(Duration.ofSeconds(5));
        world.daemons.destroyByHand(
                world.daemons.containers(State.RUNNING).get(0).id());
        world.schedule.pass(Duration.ofSeconds(30));

        assertThat(world.api.job(job).getStatus().reason()).isEqualTo(JobReason.CONTAINER_LOST);
        assertThat(error()).startsWith("log lost: ");
        assertThat(world.recorded("LogArchiveFailed")).hasSize(before + 1);
    }
}
