package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands show of the jobs of schedules. */
@NeedsApiServer
class JobsOfScheduleIT {
    private KubernetesClient client;
    private TestJobs jobs;
    private TestSchedules schedules;
    private Commands commands;

    @BeforeEach
    void namespace(ApiServer server) {
        jobs = new TestJobs(server);
        client = server.client();
        schedules = new TestSchedules(client, jobs);
        commands = jobs.commands();
    }

    @Test
    void theJobsOfAScheduleAreFoundByItsUidAlone() {
        schedules.create("nightly", "schedule: 0 2 * * *");
        schedules.create("other", "schedule: 0 3 * * *");
        var own = schedules.trigger("nightly");
        client.resource(own).edit(job -> {
            job.getMetadata().getLabels().remove("longshore.dev/cron-job");
            return job;
        });
        schedules.trigger("other");
        jobs.create("alone", TestJobs.ON_LOCAL);
        client.resource(jobs.job("alone")).edit(job -> {
            job.getMetadata().getLabels().put("longshore.dev/cron-job", "nightly");
            return job;
        });
        assertThat(jobs.names("--cron-job", "nightly"))
                .containsExactly(own.getMetadata().getName());
        assertThat(jobs.names("--cron-job", "nightly", "-A"))
                .contains(own.getMetadata().getName())
                .doesNotContain("alone");
        assertThat(jobs.names()).hasSize(3);
    }

    @Test
    void aDescriptionHasTheScheduleAndItsJobs() throws IOException {
        schedules.create("nightly", "schedule: 30 2 1 1 *; timeZone: Asia/Tokyo; startingDeadlineSeconds: 600");
        schedules.create("wrong", "schedule: 0 2 * * *; timeZone: Europe/Belin");
        var job = schedules.trigger("nightly").getMetadata().getName();
        jobs.create("alone", TestJobs.ON_LOCAL);
        var text = commands.run("describe", "ccj/nightly", "cronjob/wrong", "alone")
                .out();
        assertThat(text)
                .containsSubsequence("Name: ", "nightly", "Name: ", "wrong", "Name: ", "alone")
                .containsPattern("Schedule: +30 2 1 1 \\*")
                .containsPattern("Time Zone: +Asia/Tokyo")
                .containsPattern("Concurrency Policy: +Allow")
                .containsPattern("Starting Deadline: +600s")
                .containsPattern("Next Times:( +20..-01-01T02:30:00\\+09:00,?){3}")
                .containsPattern("Next Times: +<invalid: unknown time zone .*")
                .containsPattern("Job Template:\n  Labels: +app=import\n  Annotations: +note=mine\n")
                .containsPattern("  Container \\(from the current template\\):\n    Image: +busybox")
                .containsPattern("Jobs:\n  NAME .*\n  " + job + " +Pending")
                .containsPattern("Events: +<none>")
                .doesNotContain("null");
        var json = new ObjectMapper()
                .readTree(commands.run("describe", "ccj/nightly", "-o", "json").out());
        assertThat(json.path("kind").asText()).isEqualTo("ContainerCronJob");
        assertThat(commands.run("describe", "ccj/nightly", "alone", "-o", "name")
                        .lines())
                .containsExactly("containercronjob.longshore.dev/nightly", "containerjob.longshore.dev/alone");
        assertThat(commands.run("describe", "ccj/nightly", "alone", "-o", "table")
                        .lines())
                .hasSize(5);
        commands.run("describe", "ccj/nightl").assertRefused("did you mean nightly?");
        commands.run("cancel", "ccj/nightly").assertRefused("'ccj/nightly' is not a valid name of a ContainerJob");
    }

    @Test
    void statisticsAreOfEachSchedule() throws IOException {
        schedules.create("nightly", "schedule: 0 2 * * *");
        schedules.create("other", "schedule: 0 3 * * *");
        schedules.trigger("nightly");
        schedules.trigger("nightly");
        schedules.trigger("other");
        jobs.createThree();
        var stats = new ObjectMapper()
                .readTree(
                        commands.run("stats", "--by", "schedule", "-o", "json").out());
        assertThat(stats.path("items")).hasSize(2);
        var item = stats.at("/items/0");
        assertThat(item.fieldNames())
                .toIterable()
                .containsExactly(
                        "namespace",
                        "schedule",
                        "total",
                        "completed",
                        "failed",
                        "cancelled",
                        "successRate",
                        "averageSeconds",
                        "p95Seconds");
        assertThat(item.path("schedule").asText()).isEqualTo("nightly");
        assertThat(item.path("total").asInt()).isEqualTo(2);
        var table = commands.run("stats", "--cron-job", "ccj/other");
        assertThat(table.lines().get(0)).startsWith("SCHEDULE   TOTAL");
        assertThat(table.row("other")).containsExactly("other", "1", "0", "0", "0");
        assertThat(commands.run("stats", "--cron-job", "nightly", "--by", "template")
                        .row("import"))
                .startsWith("import", "2");
        schedules.create("new", "schedule: 0 3 * * *");
        assertThat(commands.run("stats", "--cron-job", "ccj/new").row("new")).startsWith("new", "0");
        commands.run("stats", "--cron-job", "nightl").assertRefused("did you mean nightly?");
        commands.run("stats", "--by", "host").assertRefused("'host' is not one of template, schedule");
    }
}
