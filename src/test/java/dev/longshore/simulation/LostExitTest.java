package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.docker.ContainerSnapshotBuilder;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Containers that end while their daemon is down, with live-restore: it may say 255 of them, whatever their exit code was. */
class LostExitTest {
    private final World world = new World(new Random(1), 1);
    private final String host = world.hosts().get(0);

    /** A job whose container has ended while its host was away. */
    private ContainerJobStatus ended(int code, boolean isMissed) {
        var uid = world.submit(1, 0, host, null, null);
        world.schedule.pass(Duration.ofSeconds(5));
        world.operators.loseConnection(host);
        var container = world.daemons.containers(State.RUNNING).get(0);
        world.daemons
                .of(host)
                .inject(ContainerSnapshotBuilder.builder(container)
                        .state(State.EXITED)
                        .exitCode(code)
                        .finishedAt(container.startedAt().plusSeconds(5))
                        .build());
        if (isMissed) {
            world.daemons.of(host).missed.add(container.id());
        }
        world.operators.connect(host);
        world.schedule.pass(Duration.ofSeconds(5));
        return world.api.job(uid).getStatus();
    }

    @Test
    void thatAnExitCodeMayBeTheDaemonsOwnIsInTheMessage() {
        var status = ended(255, true);
        assertThat(status.phase()).isEqualTo(JobPhase.FAILED);
        assertThat(status.reason()).isEqualTo(JobReason.NON_ZERO_EXIT);
        assertThat(status.exitCode()).isEqualTo(255);
        assertThat(status.message())
                .isEqualTo(
                        "container exited with code 255; the daemon lost track of it while it restarted, so this may not"
                                + " be its own exit code");
    }

    @Test
    void oneWhoseEndTheDaemonHasSeenIsTheContainersOwn() {
        assertThat(ended(255, false).message()).isEqualTo("container exited with code 255");
    }

    @Test
    void everyOtherOneIsTheContainersOwn() {
        assertThat(ended(7, true).message()).isEqualTo("container exited with code 7");
    }
}
