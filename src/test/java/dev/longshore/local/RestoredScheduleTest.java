package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobTemplate;
import dev.longshore.api.ObservedSchedule;
import dev.longshore.cron.ScheduledJobs;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestoredScheduleTest {
    private static final String TIME = "2026-01-01T00:00:00.000Z";

    private static ContainerCronJob schedule() {
        var schedule = new ContainerCronJob();
        schedule.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("nightly")
                .withUid("s1")
                .withGeneration(1L)
                .build());
        schedule.setSpec(ContainerCronJobSpecBuilder.builder()
                .schedule("@daily")
                .jobTemplate(
                        new JobTemplate(null, ContainerJobSpecBuilder.builder().build()))
                .build());
        return schedule;
    }

    private static ScheduleState.StoredJob job(String name, boolean cancel, JobPhase phase) {
        var status = ContainerJobStatusBuilder.builder().phase(phase).build();
        return new ScheduleState.StoredJob(name, "uid-" + name, TIME, cancel, status);
    }

    @Test
    void isAsItWasStoredAndItsJobsMayRun() {
        var stored = new ScheduleState.Stored(
                new ObservedSchedule("@daily", "Etc/UTC", TIME),
                TIME,
                TIME,
                List.of(
                        job("nightly-29455200", false, JobPhase.RUNNING),
                        job("nightly-29453760", true, JobPhase.RUNNING),
                        job("nightly-29452320", false, JobPhase.COMPLETED)));
        var schedule = schedule();
        var jobs = RestoredSchedule.of(schedule, stored);
        assertThat(RestoredSchedule.toBeStored(schedule, jobs)).isEqualTo(stored);
        assertThat(schedule.getStatus().active())
                .extracting("name")
                .containsExactly("nightly-29455200", "nightly-29453760");
        assertThat(jobs).noneMatch(ScheduledJobs::isUnconfirmed).allMatch(job -> ScheduledJobs.isOf(job, schedule));
        assertThat(jobs.get(0).getMetadata().getAnnotations())
                .containsEntry(ScheduledJobs.SCHEDULED_AT, "2026-01-02T00:00:00.000Z");
        assertThat(jobs)
                .extracting((ContainerJob job) -> job.getSpec().cancel())
                .containsExactly(false, true, false);
    }
}
