package dev.longshore.cron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.ContainerCronJobStatusBuilder;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.JobTemplate;
import dev.longshore.job.Moment;
import dev.longshore.testing.ArgoHealth;
import dev.longshore.testing.Kstatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What GitOps tools make of schedules. */
class CronHealthTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private static ContainerCronJob newCron(String schedule, String timeZone, boolean suspend) {
        var cron = new ContainerCronJob();
        cron.getMetadata().setName("nightly");
        cron.getMetadata().setUid("uid");
        cron.getMetadata().setGeneration(1L);
        cron.getMetadata().setCreationTimestamp("2026-05-01T11:59:00Z");
        cron.setSpec(ContainerCronJobSpecBuilder.builder()
                .schedule(schedule)
                .timeZone(timeZone)
                .suspend(suspend)
                .jobTemplate(
                        new JobTemplate(null, ContainerJobSpecBuilder.builder().build()))
                .build());
        return cron;
    }

    /** As the operator reports it. */
    private static ContainerCronJob cron(String schedule, String timeZone, boolean suspend) {
        var cron = newCron(schedule, timeZone, suspend);
        var plan = CronPlanner.plan(cron, List.of(), new CronMemory(), new Moment(NOW, Duration.ZERO));
        assertThat(plan).isInstanceOfSatisfying(CronPlan.Write.class, write -> cron.setStatus(write.status()));
        return cron;
    }

    @Test
    void oneInEffectIsHealthy() {
        var cron = cron("30 2 * * *", "Europe/Berlin", false);

        assertThat(ArgoHealth.of(cron)).isEqualTo(new ArgoHealth("Healthy", "schedule is in effect"));
        assertThat(Kstatus.of(cron)).isEqualTo(Kstatus.CURRENT);
    }

    /** Else a suspended schedule would block every sync. */
    @Test
    void oneThatIsSuspendedIsHealthy() {
        var cron = cron("30 2 * * *", "Europe/Berlin", true);

        assertThat(ArgoHealth.of(cron)).isEqualTo(new ArgoHealth("Healthy", "suspended (spec.suspend: true)"));
        assertThat(Kstatus.of(cron)).isEqualTo(Kstatus.CURRENT);
    }

    @ParameterizedTest
    @CsvSource({
        "0 0 30 2 *, Etc/UTC,      InvalidSchedule",
        "30 2 * * *, Europe/Bärlin, UnknownTimeZone",
    })
    void oneThatIsNotValidIsDegraded(String schedule, String timeZone, String reason) {
        var cron = cron(schedule, timeZone, false);

        assertThat(ArgoHealth.of(cron)).satisfies(health -> {
            assertThat(health.status()).isEqualTo("Degraded");
            assertThat(health.message()).startsWith(reason + ": ").hasSizeGreaterThan(reason.length() + 10);
        });
        assertThat(Kstatus.of(cron)).isEqualTo(Kstatus.FAILED);
    }

    @Test
    void neitherTakesTheDefaultStatusForAnAnswer() {
        var cron = newCron("@daily", "Etc/UTC", false);
        cron.setStatus(
                ContainerCronJobStatusBuilder.builder().observedGeneration(-1L).build());

        assertThat(ArgoHealth.of(cron).status()).isEqualTo("Progressing");
        assertThat(Kstatus.of(cron)).isEqualTo(Kstatus.IN_PROGRESS);
    }

    @Test
    void neitherTakesTheStatusOfAnEarlierSpecForAnAnswer() {
        var cron = cron("@daily", "Etc/UTC", false);
        cron.getMetadata().setGeneration(2L);

        assertThat(ArgoHealth.of(cron).status()).isEqualTo("Progressing");
        assertThat(Kstatus.of(cron)).isEqualTo(Kstatus.IN_PROGRESS);
    }
}
