package dev.longshore.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.ContainerCronJobStatusBuilder;
import dev.longshore.manifest.Manifests;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run of schedules says. */
class ScheduleProgressTest {
    private static final Instant NOW = Instant.parse("2026-10-23T12:00:00Z");

    private final StringWriter err = new StringWriter();
    private final ScheduleProgress progress = new ScheduleProgress(Manifests.of(List.of()), new PrintWriter(err, true));

    private static ContainerCronJob hourly(String last, boolean suspend) {
        var cron = new ContainerCronJob();
        cron.setMetadata(
                new ObjectMetaBuilder().withNamespace("team").withName("hourly").build());
        cron.setSpec(ContainerCronJobSpecBuilder.builder()
                .schedule("@hourly")
                .timeZone("Etc/UTC")
                .suspend(suspend)
                .build());
        cron.setStatus(
                ContainerCronJobStatusBuilder.builder().lastScheduleTime(last).build());
        return cron;
    }

    @Test
    void atTheStartEachScheduleHasItsNextTime() {
        progress.start(List.of(hourly("2026-10-23T12:00:00Z", false), hourly(null, true)), NOW);
        assertThat(err.toString().lines())
                .containsExactly("hourly: next time: 2026-10-23T13:00:00Z", "hourly: suspended");
    }

    @Test
    void aClockThatIsBehindTheLastTimeIsWarnedOf() {
        progress.start(List.of(hourly("2026-10-24T12:00:00Z", false)), NOW);
        assertThat(err.toString().lines())
                .containsExactly(
                        "hourly: the clock is behind the last recorded time 2026-10-24T12:00:00.000Z: nothing is due"
                                + " before it",
                        "hourly: next time: 2026-10-24T13:00:00Z");
    }
}
