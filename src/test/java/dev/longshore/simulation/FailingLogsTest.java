package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.archive.ArchiveException;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobLabels;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs that cannot be brought to the archive: that is reported once, retried ever more rarely, and for a day. */
class FailingLogsTest {
    private final World world = new World(new Random(1), true, 1);

    private ContainerJobStatus finish(Duration after) {
        world.schedule.pass(Duration.ofSeconds(5));
        world.submit(1, 0, world.hosts().get(0), null, null);
        world.schedule.pass(Duration.ofSeconds(5));
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 0);
        world.schedule.pass(after);
        return world.api.all().iterator().next().getStatus();
    }

    static List<Arguments> failures() {
        return List.of(
                Arguments.of("open log", SimulatedHost.unavailable(), "cut"),
                Arguments.of("archive commit", SimulatedArchive.unavailable(), "no response"),
                Arguments.of("archive commit", new IllegalStateException("text of a log"), "internal error"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatFailsAgainAndAgainIsReportedAndGivenUpAfterADay(String call, RuntimeException failure, String error) {
        world.faults.always(call, name -> failure);

        var status = finish(Duration.ofHours(1));
        assertThat(status.logs().archive().error())
                .startsWith("log not archived yet, retrying: ")
                .contains(error);
        assertThat(world.recorded("LogArchiveFailed")).hasSize(1);
        assertThat(Collections.frequency(world.faults.calls(), call)).isBetween(5, 20);
        assertThat(world.daemons.containers(State.EXITED)).hasSize(1);

        world.schedule.pass(Duration.ofHours(24));
        assertThat(world.api
                        .all()
                        .iterator()
                        .next()
                        .getStatus()
                        .logs()
                        .archive()
                        .error())
                .startsWith("log lost: ")
                .contains(error, "gave up after 24h");
        assertThat(world.recorded("LogArchiveFailed")).as("late, then lost").hasSize(2);
        assertThat(world.daemons.containers(State.EXITED)).isEmpty();
    }

    @Test
    void anEarlierAttemptsStaysOwedOnAHostThatTheNextHasLeft() {
        var world = new World(new Random(1), true, 1, 1);
        world.faults.always("archive commit", call -> SimulatedArchive.unavailable());
        world.schedule.pass(Duration.ofSeconds(5));
        world.submit(1, 1, null, null, null);
        world.schedule.pass(Duration.ofSeconds(5));
        var first = world.daemons.containers(State.RUNNING).get(0);
        var host = first.labels().get(JobLabels.HOST);
        world.daemons.of(host).refusals.of(Set.of("create"));
        world.daemons.exit(first.id(), 1);
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(world.daemons.containers(State.RUNNING))
                .singleElement()
                .satisfies(next -> assertThat(next.labels().get(JobLabels.HOST)).isNotEqualTo(host));

        world.operators.connect(host);
        world.schedule.pass(Duration.ofSeconds(10));

        assertThat(world.daemons.containers(State.EXITED))
                .extracting(ContainerSnapshot::id)
                .containsExactly(first.id());
        world.faults.none();
        world.endWell();
    }

    @Test
    void thoseOfLaterAttemptsAndAfterARestartAreTheSameTrouble() {
        world.faults.always("archive commit", call -> SimulatedArchive.unavailable());
        world.schedule.pass(Duration.ofSeconds(5));
        var job = world.submit(1, 2, world.hosts().get(0), null, null);
        for (var attempt = 1; attempt <= 3; attempt++) {
            world.schedule.pass(Duration.ofMinutes(2));
            world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 1);
            world.schedule.pass(Duration.ofSeconds(1));
            assertThat(world.api.job(job).getStatus().logs().archive().error()).contains("retrying");
            world.operators.kill();
            world.operators.start();
        }
        world.schedule.pass(Duration.ofMinutes(2));

        assertThat(world.daemons.containers(State.EXITED)).hasSize(3);
        assertThat(world.recorded("LogArchiveFailed")).hasSize(1);
    }

    @Test
    void oneThatIsCutOnceIsNoTrouble() {
        var tries = new AtomicInteger();
        world.faults.always("open log", call -> tries.getAndIncrement() == 0 ? SimulatedHost.unavailable() : null);
        assertThat(finish(Duration.ofMinutes(1)).logs().archive().error()).isNull();
        assertThat(tries).hasValue(2);
        assertThat(world.recorded("LogArchiveFailed")).isEmpty();
    }

    @Test
    void oneThatTheStoreNeverTakesIsReported() {
        world.faults.always(
                "archive commit",
                call -> new ArchiveException(ArchiveException.Cause.TOO_LARGE, "the log is too large", null));
        assertThat(finish(Duration.ofMinutes(1)).logs().archive().error()).isEqualTo("log lost: the log is too large");
        assertThat(world.recorded("LogArchiveFailed")).hasSize(1);
    }
}
