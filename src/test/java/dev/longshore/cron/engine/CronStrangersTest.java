package dev.longshore.cron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerCronJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.ObservedSchedule;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others write beside a schedule, or to it. */
class CronStrangersTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @ValueSource(strings = {"99999999", "5259490000", "525960000000000", "999999999999999999"})
    void aJobOfAFutureTimeHoldsBackNothing(String minutes) {
        for (var finalizers : List.of(List.<String>of(), List.of(JobStore.UNCONFIRMED))) {
            var world = new CronWorld(spec -> spec.schedule("0 * * * *"));
            world.reconcile();
            var forged = ScheduledJobs.at(world.api.cron, CronWorld.BEGIN);
            forged.getMetadata().setName("tick-" + minutes);
            forged.getMetadata().setFinalizers(finalizers);
            world.api.create(forged);
            world.pass(HOUR);
            assertThat(world.api.cron.getStatus().lastScheduleTime()).isEqualTo("2026-03-02T01:00:00.000Z");
        }
    }

    @Test
    void aStatusThatSomeoneElseWroteIsNoReasonToFail() {
        var world = new CronWorld(spec -> spec.schedule("0 * * * *"));
        world.pass(HOUR);
        world.api.finish(world.api.unfinished().get(0).getMetadata().getName(), JobPhase.COMPLETED);
        var status = world.api.cron.getStatus();
        var withoutTime = new ObservedSchedule("0 * * * *", "Etc/UTC", null);
        world.api.writeStatus(
                world.api.cron,
                ContainerCronJobStatusBuilder.builder(status)
                        .observedSchedule(withoutTime)
                        .build());
        world.pass(HOUR);
        world.assertStarted("2026-03-02T01:00:00Z", "2026-03-02T02:00:00Z");
    }
}
