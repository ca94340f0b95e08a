package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.api.ActiveJob;
import dev.longshore.api.ContainerCronJobStatusBuilder;
import dev.longshore.api.ContainerJob;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands do to schedules, in a cluster where nobody runs them: their statuses are written by the tests. */
@NeedsApiServer
class ScheduleCommandsIT {
    private static final String LONGEST = "a".repeat(52);

    private KubernetesClient client;
    private TestJobs jobs;
    private TestSchedules schedules;
    private Commands commands;
    private String namespace;

    @BeforeEach
    void namespace(ApiServer server) {
        jobs = new TestJobs(server);
        client = server.client();
        schedules = new TestSchedules(client, jobs);
        commands = jobs.commands();
        namespace = jobs.namespace();
    }

    @Test
    void aTriggeredJobIsOfTheScheduleButOfNoTime() {
        var cron = schedules.create("nightly", "schedule: 0 2 * * *; suspend: true");
        assertThat(commands.run("trigger", "nightly").lines())
                .singleElement()
                .asString()
                .matches("containerjob\\.longshore\\.dev/nightly-manual-[a-z0-9]{5} created");
        var job = schedules.trigger("ccj/nightly");
        assertThat(job.getMetadata().getName()).matches("nightly-manual-[a-z0-9]{5}");
        assertThat(job.getMetadata().getLabels())
                .containsEntry("longshore.dev/cron-job", "nightly")
                .containsEntry("app", "import");
        assertThat(job.getMetadata().getAnnotations())
                .containsEntry("note", "mine")
                .doesNotContainKey("longshore.dev/scheduled-at");
        assertThat(job.getMetadata().getFinalizers()).isEmpty();
        assertThat(job.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getUid()).isEqualTo(cron.getMetadata().getUid());
            assertThat(owner.getKind()).isEqualTo("ContainerCronJob");
            assertThat(owner.getController()).isTrue();
            assertThat(owner.getBlockOwnerDeletion()).isNull();
        });
        assertThat(job.getSpec().templateRef().name()).isEqualTo("import");
    }

    /** As of a scheduled time, and canceled. */
    private String ended(String schedule) {
        var job = schedules.trigger(schedule);
        client.resource(job).edit(each -> {
            each.getMetadata().getAnnotations().put("longshore.dev/scheduled-at", "2026-01-01T02:00:00.000Z");
            each.getMetadata().getLabels().put("batch", "pictures");
            return each;
        });
        jobs.cancelled(job.getMetadata().getName());
        return job.getMetadata().getName();
    }

    private ContainerJob retried(String name) {
        var printed = commands.run("retry", name, "-o", "name").lines().get(0);
        return jobs.job(printed.substring(printed.indexOf('/') + 1));
    }

    @Test
    void aRetriedJobIsOfTheScheduleButOfNoTime() {
        schedules.create("nightly", "schedule: 0 2 * * *");
        var old = ended("nightly");
        var again = retried(old).getMetadata();
        assertThat(again.getName()).matches("nightly-manual-[a-z0-9]{5}").isNotEqualTo(old);
        assertThat(again.getLabels())
                .containsEntry("longshore.dev/cron-job", "nightly")
                .containsEntry("batch", "pictures");
        assertThat(again.getAnnotations()).isNullOrEmpty();
        assertThat(again.getOwnerReferences())
                .isEqualTo(jobs.job(old).getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getBlockOwnerDeletion()).isNull());
        assertThat(jobs.names("--cron-job", "nightly")).containsExactlyInAnyOrder(old, again.getName());
    }

    @Test
    void aJobOfAScheduleThatIsGoneIsRetriedAsOneOfNoSchedule() {
        var cron = schedules.create("nightly", "schedule: 0 2 * * *");
        var old = ended("nightly");
        client.resource(cron).delete();
        schedules.create("nightly", "schedule: 0 3 * * *");
        var again = retried(old).getMetadata();
        assertThat(again.getName()).matches(old + "-[a-z0-9]{5}");
        assertThat(again.getLabels()).containsEntry("batch", "pictures").doesNotContainKey("longshore.dev/cron-job");
        assertThat(again.getAnnotations()).isNullOrEmpty();
        assertThat(again.getOwnerReferences()).isEmpty();
        assertThat(jobs.names("--cron-job", "nightly")).isEmpty();
    }

    @Test
    void theNameOfATriggeredJobIsCutToWhatAJobMayHave() {
        schedules.create(LONGEST, "schedule: '@daily'");
        assertThat(schedules.trigger(LONGEST).getMetadata().getName()).matches("a{50}-manual-[a-z0-9]{5}");
        schedules.create("b".repeat(49) + ".cd", "schedule: '@daily'");
        assertThat(schedules.trigger("b".repeat(49) + ".cd").getMetadata().getName())
                .matches("b{49}-manual-[a-z0-9]{5}");
    }

    @Test
    void aScheduleThatIsBeingDeletedIsNotTriggered() {
        var cron = schedules.create("leaving", "schedule: 0 2 * * *");
        client.resource(cron).edit(each -> {
            each.addFinalizer("example.com/hold");
            return each;
        });
        client.resource(cron).delete();
        commands.run("trigger", "leaving").assertRefused("ContainerCronJob " + namespace + "/leaving is being deleted");
        client.resource(schedules.get("leaving")).edit(each -> {
            each.removeFinalizer("example.com/hold");
            return each;
        });
        assertThat(jobs.names()).isEmpty();
    }

    @Test
    void aScheduleThatIsNotThereIsRefused() {
        schedules.create("nightly", "schedule: 0 2 * * *");
        for (var command : List.of("trigger", "suspend", "resume")) {
            commands.run(command, "nightyl")
                    .assertRefused(
                            "ContainerCronJob nightyl not found in namespace " + namespace + "; did you mean nightly?");
        }
        commands.run("list", "--cron-job", "nightyl").assertRefused("did you mean nightly?");
        commands.run("list", "--cron-job", "nightyl", "-A").assertRefused("nightyl not found in any namespace");
        commands.run("suspend", "nightly", "missing").assertRefused("ContainerCronJob missing not found");
        assertThat(schedules.get("nightly").getSpec().suspend()).isFalse();
        commands.run("suspend").assertRefused("requires either names or --selector");
        commands.run("suspend", "nightly", "-A").assertRefused("--all-namespaces requires --selector");
    }

    @Test
    void schedulesAreSuspendedAndResumed() throws IOException {
        schedules.create("hourly", "schedule: '@hourly'");
        schedules.create("nightly", "schedule: 0 2 * * *");
        assertThat(commands.run("suspend", "nightly", "cronjob/hourly").lines())
                .containsExactly(
                        "containercronjob.longshore.dev/nightly suspended",
                        "containercronjob.longshore.dev/hourly suspended");
        assertThat(schedules.get("nightly").getSpec().suspend()).isTrue();
        assertThat(schedules.get("nightly").getSpec().schedule()).isEqualTo("0 2 * * *");
        assertThat(commands.run("suspend", "nightly").lines())
                .containsExactly("containercronjob.longshore.dev/nightly already suspended");
        assertThat(commands.run("resume", "-l", "team=data").lines())
                .containsExactly(
                        "containercronjob.longshore.dev/hourly resumed",
                        "containercronjob.longshore.dev/nightly resumed");
        assertThat(commands.run("resume", "hourly").lines())
                .containsExactly("containercronjob.longshore.dev/hourly not suspended");
        var json = commands.run("suspend", "hourly", "-o", "json").out();
        assertThat(new ObjectMapper().readTree(json).at("/spec/suspend").asBoolean())
                .isTrue();
        assertThat(commands.run("suspend", "-l", "team=none").err()).startsWith("No resources found");
        assertThat(commands.run("suspend", "-l", "team=data", "-A", "-o", "table")
                        .lines())
                .anyMatch(line -> line.matches(namespace + " +containercronjob.longshore.dev/nightly +true"));
    }

    @Test
    void aJobIsSuspendedByItsKind() {
        jobs.create("waits", TestJobs.ON_LOCAL);
        jobs.completed("done");
        jobs.running("runs", "local");
        assertThat(commands.run("suspend", "job/waits", "cjob/done", "containerjob.longshore.dev/runs")
                        .lines())
                .containsExactly(
                        "containerjob.longshore.dev/waits suspended",
                        "containerjob.longshore.dev/done already finished: Completed",
                        "containerjob.longshore.dev/runs suspended; it keeps running");
        assertThat(jobs.job("waits").getSpec().suspend()).isTrue();
        assertThat(jobs.job("done").getSpec().suspend()).isFalse();
        assertThat(commands.run("resume", "job/waits").lines())
                .containsExactly("containerjob.longshore.dev/waits resumed");
        commands.run("suspend", "waits").assertRefused("ContainerCronJob waits not found");
    }

    @Test
    void schedulesHaveTheirNextTimes() throws IOException {
        var cron = schedules.create("nightly", "schedule: 30 2 1 1 *; timeZone: Asia/Tokyo");
        cron.setStatus(ContainerCronJobStatusBuilder.builder()
                .active(List.of(new ActiveJob("nightly-1", "u1"), new ActiveJob("nightly-2", "u2")))
                .lastScheduleTime(Instant.now().minusSeconds(7_300).toString())
                .build());
        client.resource(cron).updateStatus();
        schedules.create("paused", "schedule: '@daily'; suspend: true");
        schedules.create("wrong", "schedule: 0 2 * * *; timeZone: Europe/Belin");
        var list = commands.run("schedules");
        assertThat(list.lines().get(0).split(" +"))
                .containsExactly("NAME", "SCHEDULE", "TIMEZONE", "SUSPEND", "ACTIVE", "LAST", "NEXT");
        assertThat(list.row("nightly"))
                .startsWith("nightly", "30 2 1 1 *", "Asia/Tokyo", "false", "2", "121m")
                .last()
                .asString()
                .matches("20[0-9]{2}-01-01T02:30:00\\+09:00");
        assertThat(list.row("paused")).containsExactly("paused", "@daily", "Etc/UTC", "true", "0", "-");
        assertThat(list.row("wrong").get(5))
                .startsWith("<invalid: unknown time zone")
                .contains("Europe/Belin");
        assertThat(commands.run("schedules", "-A", "-o", "wide").lines())
                .anyMatch(line -> line.matches(namespace + " +nightly .*Allow +Unknown .*"));

        var more = commands.run("schedules", "--next", "3", "-l", "team=data").lines();
        assertThat(more).hasSize(1 + 3 + 1 + 1);
        assertThat(more.get(2)).matches(" +20[0-9]{2}-01-01T02:30:00\\+09:00");
        assertThat(more.get(3)).isGreaterThan(more.get(2)).hasSameSizeAs(more.get(1));

        var json = new ObjectMapper()
                .readTree(commands.run("schedules", "-o", "json").out());
        assertThat(json.at("/items/0/spec/schedule").asText()).isEqualTo("30 2 1 1 *");
        assertThat(commands.run("schedules", "-o", "name").lines())
                .contains("containercronjob.longshore.dev/nightly")
                .hasSize(3);
        assertThat(commands.run("schedules", "-l", "team=none").err()).startsWith("No resources found in ");
        commands.run("schedules", "--next", "0").assertRefused("--next must be from 1 to 100");
    }
}
