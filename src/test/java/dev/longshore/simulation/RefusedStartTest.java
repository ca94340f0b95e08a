package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobLabels;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a daemon says of a start that failed: whether the container may have run decides whether it is tried again. */
class RefusedStartTest {
    private final World world = new World(new Random(1), 2, 1);
    private final String broken = world.hosts().get(0);
    private final String good = world.hosts().get(1);

    @BeforeEach
    void connect() {
        world.schedule.pass(Duration.ofSeconds(5));
    }

    /** @param host null: either */
    private String submit(String host, String program) {
        return submit(host, program, 0);
    }

    private String submit(String host, String program, int retries) {
        var uid = world.submit(host, job -> job.template(Resources.program(program, retries)));
        world.schedule.pass(Duration.ofMillis(500));
        return uid;
    }

    private void refuseStartOf(String uid, String why) {
        world.daemons
                .of(broken)
                .refusals
                .of(
                        Set.of("start"),
                        why,
                        labels -> labels.get(JobLabels.JOB_UID).equals(uid));
    }

    @ParameterizedTest
    @ValueSource(strings = {"task 4f already exists: unknown", "id already in use"})
    void aStartThatIsBegunAndMayHaveHappenedIsNotRepeated(String message) {
        var uid = "uid-job-0";
        refuseStartOf(uid, message);
        submit(broken, "true", 1);
        assertThat(world.api.reason(uid)).isEqualTo(JobReason.RETRY_BACKOFF);
        var first = world.api.job(uid).getStatus().attempts().get(0);
        assertThat(first.reason()).isEqualTo(JobReason.START_FAILED);
        assertThat(first.exitCode()).isNull();
        assertThat(world.api.job(uid).getStatus().message()).contains("interrupted while starting", message, "retry");
        assertThat(world.daemons.of(broken).refusals.count()).isEqualTo(1);
        // What may still run of it goes with the container.
        assertThat(world.daemons.containers(State.CREATED)).isEmpty();
        world.daemons.of(broken).refusals.none();
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(world.api.phase(uid)).isEqualTo(JobPhase.RUNNING);
        assertThat(world.api.job(uid).getStatus().attempt()).isEqualTo(2);
        world.endWell();
    }

    @Test
    void aCommandThatIsNotThereFailsAtOnceWhateverItsStatus() {
        var uid = "uid-job-0";
        refuseStartOf(uid, "runc create failed: exec: \"nothing\": executable file not found in $PATH");
        submit(broken, "nothing");
        assertThat(world.api.reason(uid)).isEqualTo(JobReason.START_FAILED);
        assertThat(world.daemons.of(broken).refusals.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transport is closing: unknown",
                "ttrpc: closed: unknown",
                "error reading from server: EOF",
                "context deadline exceeded",
                "shim exited: unknown"
            })
    void aStartWithoutACertainAnswerIsNotRepeated(String message) {
        var uid = "uid-job-0";
        refuseStartOf(uid, message);
        world.cordon(good, true);
        submit(null, "true");
        world.cordon(good, false);
        world.schedule.pass(Duration.ofMinutes(11));
        assertThat(world.api.reason(uid)).isEqualTo(JobReason.START_FAILED);
        assertThat(world.api.job(uid).getStatus().exitCode()).isNull();
        assertThat(world.api.job(uid).getStatus().message()).contains("may have run", message, "retry");
        assertThat(world.daemons.of(broken).refusals.count()).isEqualTo(1);
        assertThat(world.starts()).isZero();
        assertThat(world.daemons.containers(State.CREATED)).isEmpty();
        world.endWell();
    }

    @Test
    void aMachineThatCanHaveNoProcessMoreHasCertainlyStartedNothing() {
        var uid = "uid-job-0";
        refuseStartOf(uid, "runc create failed: fork/exec: resource temporarily unavailable");
        submit(broken, "true");
        assertThat(world.api.reason(uid)).isEqualTo(JobReason.HOST_REFUSED);
        world.daemons.of(broken).refusals.none();
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(world.api.phase(uid)).isEqualTo(JobPhase.RUNNING);
        world.endWell();
    }
}
