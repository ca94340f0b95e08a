package dev.longshore.cli.output;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.ContainerJob;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Prints jobs with their status. */
public final class JobPrinter {
    /** As what. */
    public enum Format {
        TABLE,
        YAML,
        JSON;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<String> HEAD = List.of("NAME", "HOST", "PHASE", "REASON", "EXIT", "DURATION");

    private JobPrinter() {}

    public static void print(Collection<ContainerJob> jobs, Format format, PrintWriter out) {
        switch (format) {
            case TABLE -> {
                var several = JobNames.of(jobs).withNamespace();
                var table = new Table(row(several, "NAMESPACE", HEAD));
                jobs.forEach(job -> table.add(row(several, job.getMetadata().getNamespace(), row(job))));
                table.print(out);
            }
            case YAML -> out.print(ResourcePrinter.yaml(ResourcePrinter.list(jobs)));
            case JSON -> out.println(ResourcePrinter.json(ResourcePrinter.list(jobs)));
        }
    }

    private static List<String> row(boolean several, String namespace, List<String> rest) {
        return several ? Stream.concat(Stream.of(namespace), rest.stream()).toList() : rest;
    }

    private static List<String> row(ContainerJob job) {
        var status = job.getStatus();
        return List.of(
                job.getMetadata().getName(),
                status.host() == null ? "" : status.host().name(),
                status.phase().toString(),
                status.reason() == null ? "" : status.reason().value(),
                status.exitCode() == null ? "" : status.exitCode().toString(),
                requireNonNullElse(status.duration(), ""));
    }
}
