package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.client.JobStats.Outcome;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class JobStatsTest {
    private static Outcome outcome(JobPhase phase, Long millis) {
        return new Outcome("ns", "import", null, phase, millis, null);
    }

    private static JobStats stats(Outcome... outcomes) {
        return JobStats.of(JobStats.By.TEMPLATE, "ns", "import", List.of(outcomes));
    }

    @Test
    void theRateIsOfThoseThatFinished() {
        var stats = stats(
                outcome(JobPhase.COMPLETED, 1000L),
                outcome(JobPhase.COMPLETED, 1000L),
                outcome(JobPhase.FAILED, 1L),
                outcome(JobPhase.RUNNING, null),
                outcome(JobPhase.PENDING, null));
        assertThat(stats.total()).isEqualTo(5);
        assertThat(stats.completed()).isEqualTo(2);
        assertThat(stats.failed()).isEqualTo(1);
        assertThat(stats.successRate()).isEqualTo(0.6667);
    }

    @Test
    void whoCancelsAJobHasNoSuccessWithIt() {
        var stats = stats(outcome(JobPhase.COMPLETED, 1L), outcome(JobPhase.CANCELLED, 1L));
        assertThat(stats.cancelled()).isEqualTo(1);
        assertThat(stats.successRate()).isEqualTo(0.5);
    }

    @Test
    void durationsAreThoseOfCompletedJobs() {
        var stats = stats(
                outcome(JobPhase.COMPLETED, 1000L),
                outcome(JobPhase.COMPLETED, 2001L),
                outcome(JobPhase.FAILED, 90_000L),
                outcome(JobPhase.COMPLETED, null));
        assertThat(stats.averageSeconds()).isEqualTo(1.501);
        assertThat(stats.p95Seconds()).isEqualTo(2.001);
    }

    @Test
    void thePercentileIsTheNearestRank() {
        assertThat(completed(1, 20).p95Seconds()).isEqualTo(0.019);
        assertThat(completed(1, 21).p95Seconds()).isEqualTo(0.020);
        assertThat(completed(1, 100).p95Seconds()).isEqualTo(0.095);
        assertThat(completed(7, 7).p95Seconds()).isEqualTo(0.007);
    }

    private static JobStats completed(long from, long to) {
        return stats(LongStream.rangeClosed(from, to)
                .mapToObj(millis -> outcome(JobPhase.COMPLETED, millis))
                .toArray(Outcome[]::new));
    }

    @Test
    void withoutAFinishedJobThereIsNoRateAndNoDuration() {
        var stats = stats(outcome(JobPhase.RUNNING, null));
        assertThat(stats.successRate()).isNull();
        assertThat(stats.averageSeconds()).isNull();
        assertThat(stats.p95Seconds()).isNull();
    }

    @Test
    void eachTemplateOfEachNamespaceHasItsOwn() {
        var stats = JobStats.of(
                JobStats.By.TEMPLATE,
                List.of(
                        new Outcome("b", "x", null, JobPhase.FAILED, null, null),
                        new Outcome("a", "y", null, JobPhase.FAILED, null, null),
                        new Outcome("a", "", null, JobPhase.COMPLETED, null, null),
                        new Outcome("a", "y", null, JobPhase.COMPLETED, null, null)));
        assertThat(stats)
                .extracting(item -> item.namespace() + "/" + item.template() + " " + item.total())
                .containsExactly("a/ 1", "a/y 2", "b/x 1");
    }

    @Test
    void eachScheduleOfEachNamespaceHasItsOwnAndOtherJobsDoNotCount() {
        var stats = JobStats.of(
                JobStats.By.SCHEDULE,
                List.of(
                        new Outcome("b", "x", "nightly", JobPhase.FAILED, null, null),
                        new Outcome("a", "y", null, JobPhase.FAILED, null, null),
                        new Outcome("a", "", "nightly", JobPhase.COMPLETED, null, null),
                        new Outcome("a", "y", "nightly", JobPhase.COMPLETED, null, null)));
        assertThat(stats)
                .extracting(item -> item.namespace() + "/" + item.schedule() + " " + item.total())
                .containsExactly("a/nightly 2", "b/nightly 1");
        assertThat(stats).extracting(JobStats::template).containsOnlyNulls();
    }

    @Test
    void aJobRanFromItsStartToItsEnd() {
        assertThat(Outcome.of(job("2026-01-01T00:00:00.250Z", "2026-01-01T01:00:01.300Z"))
                        .millis())
                .isEqualTo(3_601_050L);
        assertThat(Outcome.of(job("2026-01-01T00:00:00.001Z", "2026-01-01T00:00:00.000Z"))
                        .millis())
                .isZero();
        assertThat(Outcome.of(job("2026-01-01T00:00:00.001Z", null)).millis()).isNull();
    }

    private static ContainerJob job(String startedAt, String finishedAt) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder().withNamespace("ns").build());
        job.setSpec(ContainerJobSpecBuilder.builder().build());
        job.setStatus(ContainerJobStatusBuilder.builder()
                .startedAt(startedAt)
                .finishedAt(finishedAt)
                .build());
        return job;
    }
}
