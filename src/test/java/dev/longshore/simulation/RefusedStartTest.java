package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.RetryPolicy;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobLabels;
import java.time.Duration;
import java.util.List;
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
        var uid = world.submit(
                host,
                job -> job.template(ContainerTemplateSpecBuilder.builder()
                        .image("busybox:stable")
                        .command(List.of(program))
                        .retry(new RetryPolicy(retries, 5, 60, null))
                        .build()));
        world.schedule.pass(Duration.ofMillis(500));
        return uid;
    }

    private ContainerJob job(String uid) {
        return world.api.byUid(uid).orElseThrow();
    }

    private JobReason reason(String uid) {
        return job(uid).getStatus().reason();
    }

    private JobPhase phase(String uid) {
        return job(uid).getStatus().phase();
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
        assertThat(reason(uid)).isEqualTo(JobReason.RETRY_BACKOFF);
        var first = job(uid).getStatus().attempts().get(0);
        assertThat(first.reason()).isEqualTo(JobReason.START_FAILED);
        assertThat(first.exitCode()).isNull();
        assertThat(job(uid).getStatus().message()).contains("interrupted while starting", message, "retry");
        assertThat(world.daemons.of(broken).refusals.count()).isEqualTo(1);
        // What may still run of it goes with the container.
        assertThat(world.daemons.containers(State.CREATED)).isEmpty();
        world.daemons.of(broken).refusals.none();
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(phase(uid)).isEqualTo(JobPhase.RUNNING);
        assertThat(job(uid).getStatus().attempt()).isEqualTo(2);
        world.endWell();
    }

    @Test
    void aCommandThatIsNotThereFailsAtOnceWhateverItsStatus() {
        var uid = "uid-job-0";
        refuseStartOf(uid, "runc create failed: exec: \"nothing\": executable file not found in $PATH");
        submit(broken, "nothing");
        assertThat(reason(uid)).isEqualTo(JobReason.START_FAILED);
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
        assertThat(reason(uid)).isEqualTo(JobReason.START_FAILED);
        assertThat(job(uid).getStatus().exitCode()).isNull();
        assertThat(job(uid).getStatus().message()).contains("may have run", message, "retry");
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
        assertThat(reason(uid)).isEqualTo(JobReason.HOST_REFUSED);
        world.daemons.of(broken).refusals.none();
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(phase(uid)).isEqualTo(JobPhase.RUNNING);
        world.endWell();
    }
}
