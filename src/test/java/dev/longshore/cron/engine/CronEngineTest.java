package dev.longshore.cron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ConcurrencyPolicy;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.cron.ScheduledJobs;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a schedule over time. */
class CronEngineTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void eachTimeHasItsJob() {
        var world = new CronWorld(spec -> spec.schedule("*/20 * * * *"));
        world.pass(HOUR);
        world.assertStarted("2026-03-02T00:20:00Z", "2026-03-02T00:40:00Z", "2026-03-02T01:00:00Z");
        assertThat(world.api.cron.getStatus().lastScheduleTime()).isEqualTo("2026-03-02T01:00:00.000Z");
        assertThat(world.api.cron.getStatus().nextScheduleTime()).isEqualTo("2026-03-02T01:20:00.000Z");
        assertThat(world.api.cron.getStatus().active()).hasSize(3);
        assertThat(world.api.cron.getStatus().observedSchedule().since()).isEqualTo("2026-03-02T00:00:00.000Z");
        assertThat(world.events)
                .hasSize(3)
                .allMatch(event -> event.startsWith("SuccessfulCreate: created ContainerJob tick-"));
    }

    @Test
    void aChangedScheduleTakesEffectFromNowOn() {
        var world = new CronWorld(spec -> spec.schedule("0 0 * * *"));
        world.pass(HOUR.multipliedBy(10));
        world.api.edit(spec -> spec.schedule("0 * * * *"));
        world.pass(Duration.ofMinutes(59));
        assertThat(world.api.started).isEmpty();
        world.pass(Duration.ofMinutes(1));
        world.assertStarted("2026-03-02T11:00:00Z");
    }

    @Test
    void whatIsForbiddenMayStartOnceTheEarlierJobHasEnded() {
        var world = new CronWorld(spec -> spec.schedule("*/10 * * * *").concurrencyPolicy(ConcurrencyPolicy.FORBID));
        world.pass(Duration.ofMinutes(35));
        world.assertStarted("2026-03-02T00:10:00Z");
        assertThat(world.events)
                .filteredOn(event -> event.startsWith("JobAlreadyActive"))
                .hasSize(2);
        world.api.finish(world.api.unfinished().get(0).getMetadata().getName(), JobPhase.COMPLETED);
        world.reconcile();
        world.assertStarted("2026-03-02T00:10:00Z", "2026-03-02T00:30:00Z");
        assertThat(world.missed).isZero();
    }

    @Test
    void aJobIsReplacedAtOnceAndKeepsItsRecord() {
        var world = new CronWorld(spec -> spec.schedule("*/10 * * * *").concurrencyPolicy(ConcurrencyPolicy.REPLACE));
        world.pass(Duration.ofMinutes(20));
        assertThat(world.api.jobs.values())
                .hasSize(2)
                .extracting(job -> job.getSpec().cancel())
                .containsExactly(true, false);
        world.assertStarted("2026-03-02T00:10:00Z", "2026-03-02T00:20:00Z");
    }

    @Test
    void aJobThatIsTriggeredByHandHoldsBackNothingAndIsNotReplaced() {
        for (var policy : List.of(ConcurrencyPolicy.FORBID, ConcurrencyPolicy.REPLACE)) {
            var world = new CronWorld(spec -> spec.schedule("*/10 * * * *").concurrencyPolicy(policy));
            world.api.create(ScheduledJobs.manual(world.api.cron, "abcde"));
            world.pass(Duration.ofMinutes(15));
            assertThat(world.api.started).containsOnlyKeys("tick-manual-abcde", "tick-29540170");
            assertThat(world.api.jobs.get("tick-manual-abcde").getSpec().cancel())
                    .isFalse();
            assertThat(world.api.cron.getStatus().active()).hasSize(2);
        }
    }

    @Test
    void noMoreThanAHundredAreUnfinished() {
        var world = new CronWorld(spec -> spec);
        world.pass(Duration.ofMinutes(120));
        assertThat(world.api.unfinished()).hasSize(100);
        assertThat(world.missed).isEqualTo(20);
        world.api.finish(world.api.unfinished().get(0).getMetadata().getName(), JobPhase.COMPLETED);
        world.reconcile();
        assertThat(world.api.jobs.keySet())
                .contains("tick-" + Duration.between(Instant.EPOCH, world.now).toMinutes());
    }

    @Test
    void onlySoManyFinishedJobsAreKept() {
        var world = new CronWorld(spec -> spec);
        for (var minute = 0; minute < 10; minute++) {
            world.pass(Duration.ofMinutes(1));
            world.api.finish(
                    world.api.unfinished().get(0).getMetadata().getName(),
                    minute % 2 == 0 ? JobPhase.COMPLETED : minute % 4 == 1 ? JobPhase.FAILED : JobPhase.CANCELLED);
        }
        world.reconcile();
        var status = world.api.cron.getStatus();
        assertThat(world.api.jobs).hasSize(3 + 1);
        assertThat(status.active()).isEmpty();
        assertThat(status.lastSuccessfulTime()).isEqualTo("2026-03-02T00:09:00.000Z");
    }

    @Test
    void anotherJobOfThatNameIsNotTouched() {
        var world = new CronWorld(spec -> spec.schedule("0 * * * *"));
        var other = new ContainerJob();
        var name = "tick-"
                + Duration.between(Instant.EPOCH, CronWorld.BEGIN.plus(HOUR)).toMinutes();
        other.getMetadata().setName(name);
        other.getMetadata().setNamespace("team");
        other.getMetadata().setUid("other");
        world.api.jobs.put(name, other);
        world.pass(HOUR.plusMinutes(5));
        assertThat(world.api.jobs.values()).containsExactly(other);
        assertThat(world.events)
                .containsExactly(
                        "MissSchedule: no job created for scheduled time 2026-03-02T01:00:00.000Z: ContainerJob " + name
                                + " exists and is not of this schedule; delete it");
        world.api.jobs.clear();
        world.pass(Duration.ofSeconds(30));
        world.assertStarted("2026-03-02T01:00:00Z");
    }

    @Test
    void aJobThatIsRefusedIsTriedAgainAndHoldsBackNothingElse() {
        var world = new CronWorld(spec -> spec.schedule("0 * * * *"));
        world.pass(HOUR);
        world.api.refusal = "exceeded quota: jobs";
        world.pass(HOUR);
        world.api.finish(world.api.unfinished().get(0).getMetadata().getName(), JobPhase.COMPLETED);
        world.pass(Duration.ofMinutes(2));
        assertThat(world.events)
                .filteredOn(event -> event.startsWith("MissSchedule"))
                .singleElement()
                .asString()
                .endsWith(": exceeded quota: jobs");
        assertThat(world.api.cron.getStatus().active()).isEmpty();
        assertThat(world.api.cron.getStatus().nextScheduleTime()).isEqualTo("2026-03-02T03:00:00.000Z");
        world.api.refusal = null;
        world.pass(Duration.ofSeconds(30));
        world.assertStarted("2026-03-02T01:00:00Z", "2026-03-02T02:00:00Z");
    }

    @Test
    void nothingIsReplacedByAJobThatIsRefused() {
        var world = new CronWorld(spec -> spec.schedule("0 * * * *").concurrencyPolicy(ConcurrencyPolicy.REPLACE));
        world.pass(HOUR);
        world.api.refusal = "exceeded quota: jobs";
        world.pass(HOUR);
        assertThat(world.api.unfinished())
                .singleElement()
                .matches(job -> !job.getSpec().cancel());
    }

    @Test
    void nothingIsReplacedWhereTheNameIsTaken() {
        var world = new CronWorld(spec -> spec.schedule("0 * * * *").concurrencyPolicy(ConcurrencyPolicy.REPLACE));
        world.pass(HOUR);
        var other = new ContainerJob();
        other.getMetadata().setName("tick-29540280");
        other.getMetadata().setNamespace("team");
        other.getMetadata().setUid("other");
        world.api.jobs.put("tick-29540280", other);
        world.pass(HOUR);
        assertThat(world.api.jobs.get("tick-29540220").getSpec().cancel()).isFalse();
        assertThat(world.events).last().asString().startsWith("MissSchedule");
    }

    @Test
    void aClockThatIsSetBackRepeatsNothing() {
        var world = new CronWorld(spec -> spec.schedule("*/30 * * * *"));
        world.pass(HOUR);
        world.now = world.now.minus(HOUR);
        world.pass(HOUR.plusMinutes(30));
        world.assertStarted("2026-03-02T00:30:00Z", "2026-03-02T01:00:00Z", "2026-03-02T01:30:00Z");
    }

    @Test
    void aScheduleThatCannotBeReadIsReported() {
        var world = new CronWorld(spec -> spec.schedule("0 0 30 2 *"));
        world.pass(HOUR);
        assertThat(conditions(world)).containsExactly("Ready False InvalidSchedule", "Stalled True InvalidSchedule");
        world.api.edit(spec -> spec.schedule("0 * * * *").timeZone("Europe/Berln"));
        world.pass(HOUR);
        assertThat(conditions(world)).containsExactly("Ready False UnknownTimeZone", "Stalled True UnknownTimeZone");
        world.api.edit(spec -> spec.timeZone("Europe/Berlin"));
        world.pass(HOUR);
        assertThat(conditions(world)).containsExactly("Ready True Scheduled");
        world.assertStarted("2026-03-02T03:00:00Z");
    }

    private static List<String> conditions(CronWorld world) {
        ContainerCronJobStatus status = world.api.cron.getStatus();
        return status.conditions().stream()
                .map((Condition c) -> c.getType() + " " + c.getStatus() + " " + c.getReason())
                .toList();
    }
}
