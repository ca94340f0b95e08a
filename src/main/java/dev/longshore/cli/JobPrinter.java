package dev.longshore.cli;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints jobs with their status. */
final class JobPrinter {
    /** As what. */
    enum Format {
        TABLE,
        YAML,
        JSON
    }

    private static final List<String> HEAD = List.of("NAME", "HOST", "PHASE", "REASON", "EXIT", "DURATION");

    private JobPrinter() {}

    static void print(Collection<ContainerJob> jobs, Format format, PrintWriter out) {
        switch (format) {
            case TABLE -> table(jobs).forEach(out::println);
            case YAML -> out.print(new KubernetesSerialization().asYaml(list(jobs)));
            case JSON -> out.println(new KubernetesSerialization().asJson(list(jobs)));
        }
    }

    private static Object list(Collection<ContainerJob> jobs) {
        var list = new LinkedHashMap<String, Object>();
        list.put("apiVersion", "v1");
        list.put("kind", "List");
        list.put("items", jobs);
        return list;
    }

    private static List<String> table(Collection<ContainerJob> jobs) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        jobs.forEach(job -> rows.add(row(job)));
        var widths = IntStream.range(0, HEAD.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(column -> row.get(column)
                                + " ".repeat(widths[column] - row.get(column).length()))
                        .collect(Collectors.joining("   "))
                        .stripTrailing())
                .toList();
    }

    private static List<String> row(ContainerJob job) {
        var status = job.getStatus();
        return List.of(
                job.getMetadata().getName(),
                status.host() == null ? "" : status.host().name(),
                Words.of(status.phase()),
                status.reason() == null ? "" : status.reason().word(),
                status.exitCode() == null ? "" : status.exitCode().toString(),
                requireNonNullElse(status.duration(), ""));
    }
}
