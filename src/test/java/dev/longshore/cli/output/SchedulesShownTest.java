package dev.longshore.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ActiveJob;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.ContainerCronJobStatusBuilder;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobTemplate;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How schedules are printed, in lines, tables and descriptions. */
class SchedulesShownTest {
    /** Two days before clocks go back in Berlin. */
    private static final Instant NOW = Instant.parse("2026-10-23T12:00:00Z");

    private static ContainerCronJob cron(String name, String schedule, String timeZone, boolean suspend) {
        var cron = new ContainerCronJob();
        cron.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName(name)
                .withCreationTimestamp("2026-10-22T12:00:00Z")
                .build());
        var job = ContainerJobSpecBuilder.builder()
                .template(
                        ContainerTemplateSpecBuilder.builder().image("busybox").build())
                .build();
        cron.setSpec(ContainerCronJobSpecBuilder.builder()
                .schedule(schedule)
                .timeZone(timeZone)
                .suspend(suspend)
                .jobTemplate(new JobTemplate(null, job))
                .build());
        return cron;
    }

    @Test
    void timesHaveTheOffsetOfTheirDay() {
        var cron = cron("nightly", "0 4 * * *", "Europe/Berlin", false);
        assertThat(NextTimes.line(cron, NOW, 2))
                .isEqualTo("ContainerCronJob team/nightly: next times: 2026-10-24T04:00:00+02:00,"
                        + " 2026-10-25T04:00:00+01:00");
        assertThat(NextTimes.of(cron("utc", "@hourly", "Etc/UTC", true), NOW, 1))
                .containsExactly("2026-10-23T13:00:00Z");
        assertThat(NextTimes.line(cron("paused", "@hourly", "Etc/UTC", true), NOW, 1))
                .startsWith("ContainerCronJob team/paused (suspended): next times: ");
    }

    @Test
    void aTableHasALineForEachTime() {
        var schedules = List.of(
                cron("nightly", "0 4 * * *", "Europe/Berlin", false),
                cron("paused", "@hourly", "Etc/UTC", true),
                cron("wrong", "0 4 * *", "Etc/UTC", false));
        assertThat(ScheduleColumns.table(schedules, 2, NOW, false, true).lines())
                .satisfiesExactly(
                        head -> assertThat(head)
                                .matches("NAMESPACE +NAME +SCHEDULE +TIMEZONE +SUSPEND +ACTIVE +LAST +NEXT"),
                        first -> assertThat(first)
                                .matches(
                                        "team +nightly +0 4 \\* \\* \\* +Europe/Berlin +false +0 +2026-10-24T04:00:00\\+02:00"),
                        more -> assertThat(more).matches(" +2026-10-25T04:00:00\\+01:00"),
                        paused -> assertThat(paused).matches("team +paused +@hourly +Etc/UTC +true +0 +-"),
                        wrong -> assertThat(wrong)
                                .matches("team +wrong +0 4 \\* \\* +Etc/UTC +false +0 +<invalid: .*>"));
    }

    @Test
    void whileTheClockIsBehindTheLastTimeTheNextOneIsAfterIt() {
        var cron = cron("nightly", "0 4 * * *", "Etc/UTC", false);
        cron.setStatus(ContainerCronJobStatusBuilder.builder()
                .lastScheduleTime("2026-10-30T04:00:00.000Z")
                .build());
        assertThat(NextTimes.of(cron, NOW, 1)).containsExactly("2026-10-31T04:00:00Z");
        assertThat(ScheduleColumns.table(List.of(cron), 1, NOW, false, false).lines())
                .last()
                .asString()
                .endsWith(" 2026-10-30T04:00:00.000Z   2026-10-31T04:00:00Z");
        assertThat(described(cron, List.of()))
                .containsPattern("Next Times: +2026-10-31T04:00:00Z, 2026-11-01T04:00:00Z, ")
                .containsPattern("Last Schedule Time: +2026-10-30T04:00:00.000Z\n");
    }

    @Test
    void aTimeThatIsAboutToBeForADifferentClockWasJustNow() {
        var cron = cron("nightly", "0 * * * *", "Etc/UTC", false);
        cron.setStatus(ContainerCronJobStatusBuilder.builder()
                .lastScheduleTime("2026-10-23T12:00:00.000Z")
                .build());
        assertThat(described(cron, NOW.minusSeconds(2), List.of()))
                .containsPattern("Last Schedule Time: +2026-10-23T12:00:00.000Z \\(0s ago\\)");
    }

    @Test
    void aDescriptionHasTheNewestJobs() {
        var cron = cron("nightly", "0 4 * * *", "Europe/Berlin", false);
        cron.setStatus(ContainerCronJobStatusBuilder.builder()
                .active(List.of(new ActiveJob("nightly-11", "u")))
                .lastScheduleTime("2026-10-23T02:00:00.000Z")
                .conditions(List.of(new ConditionBuilder()
                        .withType("Ready")
                        .withStatus("True")
                        .withReason("Ready")
                        .withLastTransitionTime("2026-10-23T02:00:00Z")
                        .build()))
                .build());
        var jobs = IntStream.range(0, 12).mapToObj(SchedulesShownTest::job).toList();
        var text = described(cron, jobs);
        assertThat(text)
                .containsPattern("Last Schedule Time: +2026-10-23T02:00:00.000Z \\(10h ago\\)")
                .containsPattern("Active: +nightly-11\n")
                .containsPattern("Ready +True +Ready +10h")
                .containsPattern("Job Template:\n(  .*\n)*  Container:\n    Image: +busybox")
                .contains("Jobs (the newest 10 of 12):\n")
                .containsSubsequence("nightly-11 ", "nightly-10 ", "nightly-2 ")
                .doesNotContain("nightly-1 ", "null");
        assertThat(described(cron, null)).containsPattern("Jobs: +<no permission to list ContainerJobs>");
    }

    private static ContainerJob job(int number) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withName("nightly-" + number)
                .withCreationTimestamp("2026-10-23T02:00:%02dZ".formatted(number))
                .build());
        return job;
    }

    private static String described(ContainerCronJob cron, List<ContainerJob> jobs) {
        return described(cron, NOW, jobs);
    }

    private static String described(ContainerCronJob cron, Instant now, List<ContainerJob> jobs) {
        var template =
                new JobDescription.Template(cron.getSpec().jobTemplate().spec().template(), null);
        var text = new StringWriter();
        CronJobDescription.of(cron, template, jobs, List.of(), now).print(new PrintWriter(text, true));
        return text.toString();
    }
}
