package dev.longshore.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.ContainerCronJobStatusBuilder;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
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
    void theLogOfAFailedJobIsPrintedOnce() {
        var logs = new JobLogs("out of tapes\n", "", false);
        progress.changed(job("hourly-1", JobPhase.RUNNING, null));
        progress.changed(job("hourly-1", JobPhase.FAILED, logs));
        progress.changed(job("hourly-1", JobPhase.FAILED, logs));
        progress.changed(job("hourly-2", JobPhase.FAILED, logs));
        assertThat(err.toString().lines())
                .containsSubsequence(
                        "--- log of hourly-1 ---", "out of tapes", "--- log of hourly-2 ---", "out of tapes")
                .filteredOn(line -> line.equals("out of tapes"))
                .hasSize(2);
    }

    private static ContainerJob job(String name, JobPhase phase, JobLogs logs) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName(name)
                .withUid(name)
                .build());
        job.setStatus(ContainerJobStatusBuilder.builder()
                .phase(phase)
                .message("as it is")
                .logs(logs)
                .build());
        return job;
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
