package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.output.JobColumns;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.client.ClusterFailure;
import dev.longshore.client.JobBatch;
import dev.longshore.client.Lookup;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** What {@code submit --each} says: one summary, or with {@code -o} the jobs themselves. */
final class BatchReport {
    private final PrintWriter out;
    private final OutputOptions output;
    private final String file;
    /** Those that are printed at the end: not with {@code -o name}, whose reader gets each name at once. */
    private final List<ContainerJob> jobs = new ArrayList<>();

    BatchReport(CommandSpec command, OutputOptions output, String file) {
        out = command.commandLine().getOut();
        this.output = output;
        this.file = file;
    }

    void created(ContainerJob job) {
        if (output.orElse(null) == OutputOptions.Format.NAME) {
            out.println(Lookup.qualified(job));
            out.flush();
        } else if (!output.isUnsaid()) {
            jobs.add(job);
        }
    }

    /** @return the exit code */
    int finished(KubernetesClient client, JobBatch.Outcome outcome, List<EachLine> lines) {
        if (output.isUnsaid()) {
            out.println(counted(outcome.created()) + " created");
            out.flush();
        } else if (!jobs.isEmpty()) {
            ResourcePrinter.print(
                    jobs, output.orElse(OutputOptions.Format.TABLE), JobColumns.at(Instant.now()), false, out);
        }
        if (outcome.problem() == null) {
            return 0;
        }
        var server = client.getConfiguration().getMasterUrl();
        var first = lines.get(outcome.failed()).number();
        throw new IllegalStateException(
                "--each " + file + ": line " + first + ": "
                        + ClusterFailure.of(outcome.problem(), server).getMessage()
                        + "; " + extent(outcome, lines),
                outcome.problem());
    }

    /** So that the rest can be submitted without submitting anything twice. */
    private static String extent(JobBatch.Outcome outcome, List<EachLine> lines) {
        var extent = new StringBuilder(counted(outcome.created())).append(" created");
        if (!outcome.missing().isEmpty()) {
            extent.append(", none for ").append(numbers(outcome.missing(), lines));
        }
        if (!outcome.unknown().isEmpty()) {
            extent.append("; for ")
                    .append(numbers(outcome.unknown(), lines))
                    .append(" a job may have been created: check longshore list");
        }
        return extent.toString();
    }

    private static String counted(int jobs) {
        return jobs + (jobs == 1 ? " job" : " jobs");
    }

    private static String numbers(List<Integer> indexes, List<EachLine> lines) {
        // Those from here on are the last ones of the file, without a gap.
        var rest = indexes.size();
        while (rest > 0 && indexes.get(rest - 1) == lines.size() - indexes.size() + rest - 1) {
            rest--;
        }
        var numbers = indexes.stream()
                .limit(rest)
                .map(index -> String.valueOf(lines.get(index).number()))
                .collect(Collectors.toList());
        if (rest < indexes.size()) {
            numbers.add(lines.get(indexes.get(rest)).number() + " to the end");
        }
        return (indexes.size() == 1 ? "line " : "lines ") + String.join(" and ", numbers);
    }
}
