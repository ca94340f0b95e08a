package dev.longshore.cli;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.cli.output.Columns;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.cli.output.StatusText;
import dev.longshore.cli.output.UsageColumns;
import dev.longshore.client.JobQueryBuilder;
import dev.longshore.client.JobStats;
import dev.longshore.client.JobStats.By;
import dev.longshore.client.Lookup;
import dev.longshore.client.Schedules;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longshore stats}. */
@Command(
        name = "stats",
        description = "Show statistics of the existing jobs by template or schedule.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Counts jobs created within --since. The success rate is the share of finished jobs that completed; in JSON, a"
                    + " fraction from 0 to 1. Durations are those of completed jobs, from container start to exit. Values"
                    + " without data are empty; in JSON, null. Jobs with an inline template are shown as "
                    + StatusText.INLINE
                    + "; in JSON, as \"\". By schedule, only the jobs of ContainerCronJobs count, and"
                    + " in JSON schedule takes the place of template.",
            "",
            "With --usage: covers the last attempts that have usage in the job's status; MEASURED is their number. Memory is the"
                    + " highest observed value, CPU time and traffic are totals, CORES is the CPU time divided by the run"
                    + " time, and limits are those of the jobs. HINT shows a limit that a job came close to, and a limit far"
                    + " above what any job used."
        })
final class StatsCommand implements Callable<Integer> {
    /** As what the figures are printed. */
    enum Format {
        TABLE,
        YAML,
        JSON;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(names = "--template", paramLabel = "NAME", description = "Only this template. Default: all.")
    private String template;

    @Option(
            names = "--by",
            paramLabel = "template|schedule",
            description = "What jobs are grouped by. Default: template; with --cron-job, schedule.")
    private By by;

    @Option(names = "--cron-job", paramLabel = "NAME", description = "Only jobs of this ContainerCronJob.")
    private String cronJob;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            converter = SelectorConverter.class,
            description = "Only jobs with these labels, such as app=import,tier!=test.")
    private String selector;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "7d",
            converter = DurationConverter.class,
            description = "Only jobs created within this time. Default: 7d.")
    private Duration since;

    @Option(names = "--usage", description = "Also show resource usage, and whether limits fit.")
    private boolean usage;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Across all namespaces.")
    private boolean allNamespaces;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|yaml|json",
            defaultValue = "table",
            description = "Output format. Default: table.")
    private Format output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return cluster.use(this::stats);
    }

    private int stats(KubernetesClient client) {
        var outcomes = JobQueryBuilder.builder()
                .namespace(allNamespaces ? null : client.getNamespace())
                .template(template)
                .labels(selector)
                .since(Instant.now().minus(since))
                .owners(cronJob == null ? null : Schedules.uids(client, cronJob, allNamespaces))
                .build()
                .list(client, JobStats.Outcome::of);
        var grouped = by != null ? by : cronJob == null ? By.TEMPLATE : By.SCHEDULE;
        var stats = JobStats.of(grouped, outcomes);
        if (stats.isEmpty() && !allNamespaces) {
            stats = ofNoJob(client, grouped);
        }
        if (!usage) {
            stats = stats.stream().map(JobStats::withoutUsage).toList();
        }
        var out = spec.commandLine().getOut();
        if (output == Format.JSON) {
            out.println(ResourcePrinter.json(Map.of("items", stats)));
        } else if (output == Format.YAML) {
            out.print(ResourcePrinter.yaml(Map.of("items", stats)));
        } else if (stats.isEmpty()) {
            ResourcePrinter.sayNone(spec, client, allNamespaces);
        } else {
            columns(grouped).table(stats, false, allNamespaces).print(out);
        }
        out.flush();
        return 0;
    }

    /** What was named has statistics, too. */
    private List<JobStats> ofNoJob(KubernetesClient client, By grouped) {
        if (template != null) {
            Lookup.find(client, ContainerTemplate.class, null, template);
        }
        var schedule = cronJob == null ? null : Lookup.name(ContainerCronJob.class, cronJob);
        var name = grouped == By.TEMPLATE ? template : schedule;
        return name == null ? List.of() : List.of(JobStats.of(grouped, client.getNamespace(), name, List.of()));
    }

    private Columns<JobStats> columns(By grouped) {
        var named = new Columns<JobStats>().addOfAllNamespaces("NAMESPACE", JobStats::namespace);
        var columns = (grouped == By.SCHEDULE
                        ? named.add("SCHEDULE", JobStats::schedule)
                        : named.add(
                                "TEMPLATE", stats -> stats.template().isEmpty() ? StatusText.INLINE : stats.template()))
                .add("TOTAL", stats -> Integer.toString(stats.total()))
                .add("COMPLETED", stats -> Integer.toString(stats.completed()))
                .add("FAILED", stats -> Integer.toString(stats.failed()))
                .add("CANCELLED", stats -> Integer.toString(stats.cancelled()))
                .add(
                        "SUCCESS",
                        stats -> stats.successRate() == null
                                ? ""
                                : String.format(Locale.ROOT, "%.1f%%", 100 * stats.successRate()))
                .add("AVERAGE", stats -> StatusText.seconds(stats.averageSeconds()))
                .add("P95", stats -> StatusText.seconds(stats.p95Seconds()));
        return usage ? UsageColumns.add(columns) : columns;
    }
}
