package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobResultValue;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.docker.DockerRefusedException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Results whose logs or files cannot be had. */
class LogsTest {
    private final World world = new World(new Random(1), 1);

    /** A job that ended, after a while. */
    private ContainerJobStatus ended(Faults.Breaker logs, Duration after) {
        return ended("logs", logs, after);
    }

    private ContainerJobStatus ended(String call, Faults.Breaker breaker, Duration after) {
        var uid = world.submit(1, 0, world.hosts().get(0), null, null);
        world.schedule.pass(Duration.ofSeconds(5));
        world.faults.always(call, breaker);
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 0);
        world.schedule.pass(after);
        return world.api.job(uid).getStatus();
    }

    @Test
    void aDaemonThatCannotReadTheLogIsQuotedAndTheResultIsStored() {
        var status = ended(call -> new DockerRefusedException(500, "no such plugin", null), Duration.ofSeconds(10));
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.exitCode()).isZero();
        assertThat(status.logs()).isEqualTo(new JobLogs("", "", true));
        assertThat(status.message()).isEqualTo("container exited with code 0; failed to read log: no such plugin");
    }

    @Test
    void noResultWaitsForItsLogForLongerThanHalfAMinute() {
        var status = ended(call -> SimulatedHost.unavailable(), Duration.ofSeconds(35));
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.logs()).isEqualTo(new JobLogs("", "", true));
        assertThat(status.message()).contains("failed to read log: cut");
    }

    @Test
    void aContainerThatIsRemovedForEverIsNotWaitedForEither() {
        var status = ended(
                call -> new DockerRefusedException(409, "dead or marked for removal", null), Duration.ofSeconds(35));
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.message()).contains("dead or marked for removal");
    }

    @Test
    void theLogOfAHostThatIsAwayIsWaitedFor() {
        var unavailable = ended(
                call -> {
                    world.operators.loseConnection(world.hosts().get(0));
                    return SimulatedHost.unavailable();
                },
                Duration.ofMinutes(5));
        assertThat(unavailable.phase()).isEqualTo(JobPhase.RUNNING);
        world.faults.none();
        world.operators.connect(world.hosts().get(0));
        world.schedule.pass(Duration.ofSeconds(5));
        var status = world.api.all().iterator().next().getStatus();
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.logs().stdout()).startsWith("log of ");
        assertThat(status.results().get(0).value()).startsWith("result of ");
        assertThat(status.message()).isEqualTo("container exited with code 0");
    }

    @Test
    void aFileThatTheDaemonRefusesToSendIsAnErrorAndTheLogIsStored() {
        var status =
                ended("file", call -> new DockerRefusedException(500, "too many links", null), Duration.ofSeconds(10));
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.logs().stdout()).startsWith("log of ");
        assertThat(status.results())
                .containsExactly(new JobResultValue("rows", null, "failed to read: too many links"));
        assertThat(status.message()).isEqualTo("container exited with code 0");
    }

    @Test
    void noResultWaitsForItsFilesForLongerThanHalfAMinute() {
        var status = ended("file", call -> SimulatedHost.unavailable(), Duration.ofSeconds(35));
        assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(status.logs().stdout()).startsWith("log of ");
        assertThat(status.results().get(0).error()).startsWith("failed to read: cut");
    }
}
