package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.JobPhase;
import dev.longshore.cli.output.JobColumns;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.cli.output.Unobserved;
import dev.longshore.client.HostPattern;
import dev.longshore.client.JobQueryBuilder;
import dev.longshore.client.Lookup;
import dev.longshore.client.Schedules;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longshore list}. */
@Command(name = "list", description = "List jobs.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
    /** What jobs can be ordered by; those without come last. */
    enum Order {
        priority(job -> job.getSpec().priority().toString()),
        createdAt(job -> job.getMetadata().getCreationTimestamp()),
        startedAt(job -> job.getStatus() == null ? null : job.getStatus().startedAt()),
        finishedAt(job -> job.getStatus() == null ? null : job.getStatus().finishedAt());

        private final Function<ContainerJob, String> key;

        Order(Function<ContainerJob, String> key) {
            this.key = key;
        }
    }

    private static final Comparator<ContainerJob> BY_NAME = Comparator.<ContainerJob, String>comparing(
                    job -> job.getMetadata().getNamespace())
            .thenComparing(job -> job.getMetadata().getName());

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Across all namespaces.")
    private boolean allNamespaces;

    @Option(
            names = "--phase",
            paramLabel = "PHASE",
            split = ",",
            description = "Only jobs in this phase: ${COMPLETION-CANDIDATES}; may be repeated.")
    private Set<JobPhase> phases;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            converter = SelectorConverter.class,
            description = "Only jobs with these labels, such as app=import,tier!=test.")
    private String selector;

    @Option(names = "--template", paramLabel = "NAME", description = "Only jobs of this template.")
    private String template;

    @Option(
            names = "--host",
            paramLabel = "[NS/]NAME",
            description = "Only jobs on this host, by hostRef or by hostSelector. Without NS/: in any namespace.")
    private String host;

    @Option(
            names = "--cron-job",
            paramLabel = "NAME",
            description = "Only jobs of this ContainerCronJob, those that were triggered among them.")
    private String cronJob;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Only jobs created within this time, such as 2h.")
    private Duration since;

    @Option(
            names = "--sort-by",
            paramLabel = "FIELD",
            description = "Field to sort by, ascending: ${COMPLETION-CANDIDATES}. Default: name.")
    private Order order;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var pattern = host == null ? null : HostPattern.parse(host);
        return cluster.use(client -> list(client, pattern));
    }

    private int list(KubernetesClient client, HostPattern pattern) {
        var now = Instant.now();
        var jobs = JobQueryBuilder.builder()
                .namespace(allNamespaces ? null : client.getNamespace())
                .phases(phases)
                .template(template)
                .host(pattern)
                .labels(selector)
                .since(since == null ? null : now.minus(since))
                .owners(cronJob == null ? null : Schedules.uids(client, cronJob, allNamespaces))
                .build()
                .list(client, job -> job);
        if (jobs.isEmpty() && !allNamespaces) {
            checkNames(client, pattern);
        }
        jobs.sort(order == null ? BY_NAME : by(order));
        var format = output.orElse(OutputOptions.Format.TABLE);
        ResourcePrinter.printFound(spec, client, jobs, format, JobColumns.at(now), allNamespaces);
        Unobserved.sayOf(jobs, now, spec.commandLine().getErr());
        return 0;
    }

    /** A name that is misspelt has no jobs either. */
    private void checkNames(KubernetesClient client, HostPattern pattern) {
        if (template != null) {
            Lookup.find(client, ContainerTemplate.class, null, template);
        }
        if (pattern != null) {
            Lookup.checkHost(client, pattern);
        }
    }

    private static Comparator<ContainerJob> by(Order order) {
        return Comparator.comparing(order.key, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(BY_NAME);
    }
}
