package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.cli.output.OutputOptions;
import dev.longshore.client.JobBatch;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.EOFException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class BatchReportTest {
    private static final KubernetesClientException CUT =
            new KubernetesClientException("failed", new EOFException("EOF reached while reading"));

    private static final KubernetesClientException FORBIDDEN = new KubernetesClientException("quota", 403, null);

    private final StringWriter out = new StringWriter();

    /** Of a file with ten lines, the first of which is blank. */
    private int report(JobBatch.Outcome outcome) {
        var command = CommandSpec.create();
        new CommandLine(command).setOut(new PrintWriter(out));
        var lines = IntStream.rangeClosed(2, 10)
                .mapToObj(number -> new EachLine(number, "x"))
                .toList();
        var config = new ConfigBuilder().withMasterUrl("https://cluster").build();
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            return new BatchReport(command, new OutputOptions(), "lines").finished(client, outcome, lines);
        }
    }

    private void assertEndsWith(JobBatch.Outcome outcome, String end) {
        assertThatThrownBy(() -> report(outcome))
                .hasMessageStartingWith("--each lines: line 4: ")
                .hasMessageEndingWith(end);
    }

    @Test
    void thatAllWereCreated() {
        assertThat(report(new JobBatch.Outcome(9, List.of(), List.of(), -1, null)))
                .isZero();
        assertThat(out).hasToString("9 jobs created\n");
    }

    @Test
    void whichLinesHaveNone() {
        assertEndsWith(
                new JobBatch.Outcome(4, List.of(2, 5, 6, 7, 8), List.of(), 2, FORBIDDEN),
                "; 4 jobs created, none for lines 4 and 7 to the end");
    }

    @Test
    void whichLinesMayHaveOne() {
        assertEndsWith(
                new JobBatch.Outcome(8, List.of(), List.of(2), 2, CUT),
                "; 8 jobs created; for line 4 a job may have been created: check longshore list");
        assertEndsWith(
                new JobBatch.Outcome(3, List.of(5, 6, 7, 8), List.of(2, 4), 2, CUT),
                "; 3 jobs created, none for lines 7 to the end;"
                        + " for lines 4 and 6 a job may have been created: check longshore list");
    }
}
