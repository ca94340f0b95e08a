package dev.longshore.cli;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.cli.output.Columns;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.client.InParallel;
import dev.longshore.client.Lookup;
import dev.longshore.client.Schedules;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is suspended or resumed: schedules, by name or labels, and jobs by name. A mixin. */
final class Suspension {
    /** No more than what is meant; the UID is compared, so that a new resource of the same name is not hit. */
    private static final String PATCH = "{\"metadata\": {\"uid\": \"%s\"}, \"spec\": {\"suspend\": %s}}";

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "Name of a ContainerCronJob; job/NAME is a ContainerJob.")
    private List<String> names = List.of();

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            converter = SelectorConverter.class,
            description = "Instead of names: all ContainerCronJobs with these labels, such as app=import,tier!=test.")
    private String selector;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "With --selector: across all namespaces.")
    private boolean allNamespaces;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** @throws IllegalArgumentException unless there are either names or a selector */
    void check() {
        if (names.isEmpty() == (selector == null)) {
            throw new IllegalArgumentException("requires either names or --selector");
        }
        if (allNamespaces && selector == null) {
            throw new IllegalArgumentException("--all-namespaces requires --selector");
        }
    }

    /**
     * Reports each, or with {@code -o} prints them.
     *
     * @throws IllegalArgumentException if one that is named does not exist; nothing was changed
     */
    int set(KubernetesClient client, boolean suspend, OutputOptions output) throws InterruptedException {
        var found = find(client);
        var results = new ArrayList<HasMetadata>();
        var out = command.commandLine().getOut();
        InParallel.each(found, each -> isDone(each, suspend) ? each : patch(client, each, suspend), (before, after) -> {
            results.add(after);
            if (output.isUnsaid()) {
                out.println(Lookup.qualified(before) + " " + sentence(before, suspend));
                out.flush();
            }
        });
        if (!output.isUnsaid() || found.isEmpty()) {
            print(client, results, output);
        }
        return 0;
    }

    private List<HasMetadata> find(KubernetesClient client) {
        return selector == null
                ? names.stream().map(name -> find(client, name)).toList()
                : List.copyOf(Schedules.list(client, allNamespaces ? null : client.getNamespace(), selector));
    }

    private static HasMetadata find(KubernetesClient client, String name) {
        return Lookup.isQualified(ContainerJob.class, name)
                ? Lookup.find(client, ContainerJob.class, null, name)
                : Lookup.find(client, ContainerCronJob.class, null, name);
    }

    private static boolean isDone(HasMetadata resource, boolean suspend) {
        return isSuspended(resource) == suspend || isFinished(resource);
    }

    private static String sentence(HasMetadata before, boolean suspend) {
        if (isFinished(before)) {
            return "already finished: " + JobPhases.of((ContainerJob) before);
        }
        if (isSuspended(before) == suspend) {
            return suspend ? "already suspended" : "not suspended";
        }
        var isRunning = before instanceof ContainerJob job && JobPhases.of(job) == JobPhase.RUNNING;
        return (suspend ? "suspended" : "resumed") + (suspend && isRunning ? "; it keeps running" : "");
    }

    private static boolean isFinished(HasMetadata resource) {
        return resource instanceof ContainerJob job && JobPhases.finished(job);
    }

    private static boolean isSuspended(HasMetadata resource) {
        return resource instanceof ContainerCronJob cron
                ? cron.getSpec().suspend()
                : ((ContainerJob) resource).getSpec().suspend();
    }

    private static HasMetadata patch(KubernetesClient client, HasMetadata resource, boolean suspend) {
        return client.resources(resource.getClass())
                .inNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        PATCH.formatted(resource.getMetadata().getUid(), suspend));
    }

    private void print(KubernetesClient client, List<HasMetadata> resources, OutputOptions output) {
        var columns = new Columns<HasMetadata>()
                .addOfAllNamespaces(
                        "NAMESPACE", resource -> resource.getMetadata().getNamespace())
                .add("NAME", Lookup::qualified)
                .add("SUSPEND", resource -> String.valueOf(isSuspended(resource)));
        if (selector == null) {
            ResourcePrinter.printNamed(
                    resources,
                    output.orElse(null),
                    columns,
                    command.commandLine().getOut());
        } else {
            ResourcePrinter.printFound(
                    command, client, resources, output.orElse(OutputOptions.Format.TABLE), columns, allNamespaces);
        }
    }
}
