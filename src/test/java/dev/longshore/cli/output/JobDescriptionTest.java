package dev.longshore.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobResultValue;
import dev.longshore.client.JobQueue;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobDescriptionTest {
    @Test
    void showsGpusAndResultsWithoutControlSequences() {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("job")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder().build());
        job.setStatus(ContainerJobStatusBuilder.builder()
                .phase(JobPhase.COMPLETED)
                .gpus(List.of("0", "GPU-1"))
                .effective(ContainerTemplateSpecBuilder.builder().image("i").build())
                .results(List.of(
                        new JobResultValue("rows", "12\u001b[2J\n", null),
                        new JobResultValue("lines", "a\nb\n", null),
                        new JobResultValue("empty", "", null),
                        new JobResultValue("none", null, "no such file")))
                .build());
        var said = new StringWriter();
        JobDescription.of(job, null, null, null, List.of(), Instant.parse("2026-01-01T00:01:00Z"))
                .print(new PrintWriter(said, true));
        assertThat(said.toString()).containsPattern("GPU IDs: +0, GPU-1\n");
        assertThat(said.toString()).doesNotContain("\u001b").containsPattern("""
                Results:
                  rows: +12.*
                  lines:
                    a
                    b
                  empty: +<empty>
                  none: +<error: no such file>
                """);
    }

    @Test
    void saysOfAJobWhoseNamespaceIsAtItsLimitThatItIsNotInLine() {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("job")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder().build());
        job.setStatus(
                ContainerJobStatusBuilder.builder().phase(JobPhase.PENDING).build());
        var queue = new JobQueue(List.of(), List.of(), List.of(), 0, 0, "uid", 2, null);
        var said = new StringWriter();
        JobDescription.of(
                        job,
                        new JobDescription.Template(null, "none"),
                        null,
                        queue,
                        List.of(),
                        Instant.parse("2026-01-01T00:01:00Z"))
                .print(new PrintWriter(said, true));
        assertThat(said.toString())
                .containsPattern("Position: +not in line: its namespace runs 2 jobs here, as many as it may"
                        + " \\(spec.queueing.maxConcurrentJobsPerNamespace\\)\n");
    }
}
