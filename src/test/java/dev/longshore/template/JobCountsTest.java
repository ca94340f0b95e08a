package dev.longshore.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.LocalReference;
import dev.longshore.api.TemplateJobs;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobCountsTest {
    private final Set<ResourceID> reported = new HashSet<>();
    private final JobCounts counts = new JobCounts(reported::add);

    static ContainerJob job(String namespace, String name, String template) {
        var job = new ContainerJob();
        job.getMetadata().setNamespace(namespace);
        job.getMetadata().setName(name);
        job.setSpec(ContainerJobSpecBuilder.builder()
                .templateRef(template == null ? null : new LocalReference(template))
                .build());
        return job;
    }

    static void finish(ContainerJob job, JobPhase phase, int start, int seconds) {
        var from = Instant.ofEpochSecond(1_000_000_000L + start);
        var until = from.plusSeconds(seconds);
        job.setStatus(ContainerJobStatusBuilder.builder()
                .phase(phase)
                .startedAt(from.toString())
                .finishedAt(until.toString())
                .conditions(List.of(new ConditionBuilder()
                        .withType("Finished")
                        .withStatus("True")
                        .withLastTransitionTime(until.toString())
                        .build()))
                .build());
    }

    private JobTotals of(String namespace, String template) {
        return counts.of(new ResourceID(template, namespace));
    }

    @Test
    void whatIsDeletedCountsNoMore() {
        var first = job("a", "first", "one");
        var last = job("a", "last", "one");
        counts.changed(first);
        counts.changed(last);
        assertThat(of("a", "one")).isEqualTo(new JobTotals(new TemplateJobs(2, 2, 0, 0, 0), null, null));
        assertThat(of("b", "one")).isEqualTo(JobTotals.NONE);
        finish(first, JobPhase.COMPLETED, 0, 10);
        finish(last, JobPhase.COMPLETED, 5, 20);
        counts.changed(first);
        counts.changed(last);
        assertThat(of("a", "one"))
                .isEqualTo(new JobTotals(new TemplateJobs(2, 0, 2, 0, 0), "15s", "2001-09-09T01:47:05Z"));
        last.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        counts.changed(last);
        assertThat(of("a", "one"))
                .isEqualTo(new JobTotals(new TemplateJobs(1, 0, 1, 0, 0), "10s", "2001-09-09T01:46:50Z"));
        counts.deleted(last);
        counts.deleted(first);
        counts.deleted(first);
        assertThat(of("a", "one")).isEqualTo(JobTotals.NONE);
    }

    @Test
    void onlyAChangeOfTheCountsIsReported() {
        var job = job("a", "job", "one");
        counts.changed(job);
        assertThat(reported).containsExactly(new ResourceID("one", "a"));
        reported.clear();
        job.setStatus(
                ContainerJobStatusBuilder.builder().phase(JobPhase.RUNNING).build());
        counts.changed(job);
        counts.addAll(() -> Stream.of(job));
        counts.changed(job("a", "inline", null));
        assertThat(reported).isEmpty();
        var another = job("a", "job", "two");
        counts.changed(another);
        assertThat(reported).containsExactlyInAnyOrder(new ResourceID("one", "a"), new ResourceID("two", "a"));
    }

    @Test
    void timesThatAreNoneAreLeftOut() {
        var job = job("a", "job", "one");
        finish(job, JobPhase.COMPLETED, 0, 10);
        job.setStatus(ContainerJobStatusBuilder.builder(job.getStatus())
                .startedAt("yesterday")
                .build());
        counts.changed(job);
        assertThat(of("a", "one").jobs()).isEqualTo(new TemplateJobs(1, 0, 1, 0, 0));
        assertThat(of("a", "one").averageDuration()).isNull();
    }
}
