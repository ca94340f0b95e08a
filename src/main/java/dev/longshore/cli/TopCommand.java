package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.cli.daemon.Daemons;
import dev.longshore.cli.daemon.UsageReader;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.cli.output.UseColumns;
import dev.longshore.client.JobQueryBuilder;
import dev.longshore.client.Lookup;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longshore top}. */
@Command(
        name = "top",
        description = {
            "Show what running jobs use, beside their requests and limits.",
            "Usage is read from the Docker daemons over one second, with your own access to the DockerHosts, their TLS Secrets"
                    + " and their endpoints. Where that fails, CPU and MEMORY are -, with a note on stderr."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "CPU is in thousandths of a core, and MEMORY is without the page cache. A job without a request requests its limit."
                    + " GPUS are the IDs of the GPUs that a job has for itself."
        })
final class TopCommand implements Callable<Integer> {
    /** What jobs can be ordered by: the highest first, and those of which it is not known last. */
    enum Order {
        memory(row -> row.memory().map(Long::doubleValue)),
        cpu(UseColumns.Row::cores);

        private final Function<UseColumns.Row, Optional<Double>> key;

        Order(Function<UseColumns.Row, Optional<Double>> key) {
            this.key = key;
        }

        private Comparator<UseColumns.Row> comparator() {
            return Comparator.<UseColumns.Row, Double>comparing(
                            row -> key.apply(row).orElse(null), Comparator.nullsLast(Comparator.reverseOrder()))
                    .thenComparing(row -> row.job().getMetadata().getNamespace())
                    .thenComparing(row -> row.job().getMetadata().getName());
        }
    }

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Across all namespaces.")
    private boolean allNamespaces;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            converter = SelectorConverter.class,
            description = "Only jobs with these labels, such as app=import,tier!=test.")
    private String selector;

    @Option(
            names = "--sort-by",
            paramLabel = "FIELD",
            defaultValue = "memory",
            description = "Field to sort by, descending: ${COMPLETION-CANDIDATES}. Default: memory.")
    private Order order;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return cluster.use(this::top);
    }

    private int top(KubernetesClient client) throws InterruptedException {
        var jobs = JobQueryBuilder.builder()
                .namespace(allNamespaces ? null : client.getNamespace())
                .phases(Set.of(JobPhase.RUNNING))
                .labels(selector)
                .build()
                .list(client, job -> job)
                .stream()
                .filter(job -> job.getStatus().host() != null)
                .toList();
        print(client, jobs, output.orElse(OutputOptions.Format.TABLE));
        return 0;
    }

    private void print(KubernetesClient client, List<ContainerJob> jobs, OutputOptions.Format format)
            throws InterruptedException {
        var out = spec.commandLine().getOut();
        switch (format) {
            case TABLE, WIDE -> {
                if (jobs.isEmpty()) {
                    ResourcePrinter.sayNone(spec, client, allNamespaces);
                } else {
                    UseColumns.at(Instant.now())
                            .table(rows(client, jobs), format == OutputOptions.Format.WIDE, allNamespaces)
                            .print(out);
                }
            }
            case JSON -> out.println(ResourcePrinter.json(UseColumns.list(rows(client, jobs))));
            case YAML -> out.print(ResourcePrinter.yaml(UseColumns.list(rows(client, jobs))));
            case NAME -> rows(client, jobs).forEach(row -> out.println(Lookup.qualified(row.job())));
        }
        out.flush();
    }

    private List<UseColumns.Row> rows(KubernetesClient client, List<ContainerJob> jobs) throws InterruptedException {
        var err = spec.commandLine().getErr();
        var uses = new UsageReader(new Daemons(client), new DockerJavaEngineFactory(), problem -> {
                    err.println("longshore: " + problem);
                    err.flush();
                })
                .read(jobs);
        return jobs.stream()
                .map(job -> new UseColumns.Row(job, uses.get(job.getMetadata().getUid())))
                .sorted(order.comparator())
                .toList();
    }
}
