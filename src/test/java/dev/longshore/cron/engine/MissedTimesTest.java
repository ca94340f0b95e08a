package dev.longshore.cron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ConcurrencyPolicy;
import dev.longshore.api.JobPhase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which times are made up for, and which are reported and counted as missed. */
class MissedTimesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void ofTimesThatWereMissedOnlyTheNewestIsMadeUpFor() {
        var world = new CronWorld(spec -> spec);
        world.pass(Duration.ofMinutes(2));
        world.now = world.now.plus(Duration.ofDays(2));
        world.startOperator();
        world.reconcile();
        world.assertStarted("2026-03-02T00:01:00Z", "2026-03-02T00:02:00Z", "2026-03-04T00:02:00Z");
        assertThat(world.missed).isEqualTo(1000);
        assertThat(world.events)
                .contains(
                        "MissSchedule: missed at least 1000 scheduled times before 2026-03-04T00:02:00.000Z: not made up for");
    }

    @Test
    void aTimeThatIsLongerAgoThanTheDeadlineIsMissed() {
        var world = new CronWorld(spec -> spec.schedule("0 * * * *").startingDeadlineSeconds(600));
        world.reconcile();
        world.now = world.now.plus(Duration.ofMinutes(71));
        world.reconcile();
        assertThat(world.api.started).isEmpty();
        assertThat(world.missed).isEqualTo(1);
        assertThat(world.events)
                .containsExactly(
                        "MissSchedule: missed scheduled time 2026-03-02T01:00:00.000Z: startingDeadlineSeconds (600) exceeded");
        world.now = world.now.plus(Duration.ofMinutes(55));
        world.reconcile();
        world.assertStarted("2026-03-02T02:00:00Z");
        assertThat(world.missed).isEqualTo(1);
    }

    @Test
    void aSuspendedScheduleMissesNothingAndMakesUpForTheNewestTime() {
        var world = new CronWorld(spec -> spec.schedule("0 * * * *").suspend(true));
        world.pass(HOUR.multipliedBy(5));
        assertThat(world.api.started).isEmpty();
        assertThat(world.api.cron.getStatus().nextScheduleTime()).isNull();
        world.api.edit(spec -> spec.suspend(false));
        world.pass(Duration.ofMinutes(1));
        world.assertStarted("2026-03-02T05:00:00Z");
        assertThat(world.missed).isZero();
        assertThat(world.api.cron.getStatus().nextScheduleTime()).isEqualTo("2026-03-02T06:00:00.000Z");
    }

    @Test
    void whatIsTooLateAfterASuspensionIsNotMissed() {
        var world =
                new CronWorld(spec -> spec.schedule("0 * * * *").suspend(true).startingDeadlineSeconds(600));
        world.pass(HOUR.multipliedBy(5).plusMinutes(20));
        world.api.edit(spec -> spec.suspend(false));
        world.pass(HOUR);
        world.assertStarted("2026-03-02T06:00:00Z");
        assertThat(world.missed).isZero();
        assertThat(world.events).singleElement().asString().startsWith("SuccessfulCreate");
    }

    @Test
    void allTimesThatAreTooLateAreMissed() {
        var world = new CronWorld(spec -> spec.schedule("0 * * * *").startingDeadlineSeconds(600));
        world.reconcile();
        world.now = world.now.plus(HOUR.multipliedBy(5)).plus(Duration.ofMinutes(20));
        world.startOperator();
        world.pass(HOUR);
        world.assertStarted("2026-03-02T06:00:00Z");
        assertThat(world.missed).isEqualTo(5);
        assertThat(world.events)
                .startsWith(
                        "MissSchedule: missed 5 scheduled times up to 2026-03-02T05:00:00.000Z: startingDeadlineSeconds (600) exceeded");
    }

    @Test
    void whatForbidSkippedIsNotMissedWhenItIsTooLateForIt() {
        var world = new CronWorld(spec -> spec.schedule("0 * * * *")
                .concurrencyPolicy(ConcurrencyPolicy.FORBID)
                .startingDeadlineSeconds(600));
        world.pass(HOUR.multipliedBy(2).plusMinutes(20));
        world.startOperator();
        world.reconcile();
        world.api.finish(world.api.unfinished().get(0).getMetadata().getName(), JobPhase.COMPLETED);
        world.pass(HOUR);
        world.assertStarted("2026-03-02T01:00:00Z", "2026-03-02T03:00:00Z");
        assertThat(world.missed).isZero();
    }

    @Test
    void whatForbidSkippedBeforeTheOperatorBeganIsNotMissed() {
        var world = new CronWorld(spec -> spec.schedule("0 * * * *").concurrencyPolicy(ConcurrencyPolicy.FORBID));
        world.pass(HOUR.multipliedBy(5));
        world.startOperator();
        world.api.finish(world.api.unfinished().get(0).getMetadata().getName(), JobPhase.COMPLETED);
        world.now = world.now.plus(HOUR.multipliedBy(2));
        world.reconcile();
        world.assertStarted("2026-03-02T01:00:00Z", "2026-03-02T07:00:00Z");
        assertThat(world.missed).isEqualTo(1);
    }
}
