package dev.longshore.cli;

import dev.longshore.cli.output.Columns;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.OutputOptions.Format;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.cli.output.ScheduleColumns;
import dev.longshore.client.Schedules;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longshore schedules}. */
@Command(
        name = "schedules",
        description = {
            "List ContainerCronJobs with their next times.",
            "ACTIVE counts the jobs that have not finished. LAST is the age of the last scheduled time for which a job was"
                    + " created, or that time if the clock is behind it. NEXT is in the time zone of the schedule; a suspended one has none."
        },
        mixinStandardHelpOptions = true)
final class SchedulesCommand implements Callable<Integer> {
    private static final int MOST_TIMES = 100;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--next",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of next times in the table, a line each, from 1 to " + MOST_TIMES + ". Default: 1.")
    private int next;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Across all namespaces.")
    private boolean allNamespaces;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            converter = SelectorConverter.class,
            description = "Only ContainerCronJobs with these labels, such as app=import,tier!=test.")
    private String selector;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (next < 1 || next > MOST_TIMES) {
            throw new IllegalArgumentException("--next must be from 1 to " + MOST_TIMES);
        }
        return cluster.use(this::list);
    }

    private int list(KubernetesClient client) {
        var now = Instant.now();
        var schedules = Schedules.list(client, allNamespaces ? null : client.getNamespace(), selector);
        var format = output.orElse(Format.TABLE);
        if (schedules.isEmpty() || (format != Format.TABLE && format != Format.WIDE)) {
            ResourcePrinter.printFound(spec, client, schedules, format, new Columns<>(), allNamespaces);
            return 0;
        }
        var out = spec.commandLine().getOut();
        ScheduleColumns.table(schedules, next, now, format == Format.WIDE, allNamespaces)
                .print(out);
        out.flush();
        return 0;
    }
}
