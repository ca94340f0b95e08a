package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.output.JobColumns;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.client.Lookup;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longshore cancel}. */
@Command(
        name = "cancel",
        description = {"Cancel jobs.", "Pending jobs never start; running jobs are stopped with their grace period."},
        mixinStandardHelpOptions = true,
        footer = {"", "Returns immediately. Finished jobs are not changed."})
final class CancelCommand implements Callable<Integer> {
    /** No more than what is meant; the UID is compared, so that a new job of the same name is not hit. */
    private static final String PATCH = "{\"metadata\": {\"uid\": \"%s\"}, \"spec\": {\"cancel\": true}}";

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Name of a job.")
    private List<String> names;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return cluster.use(this::cancel);
    }

    private int cancel(KubernetesClient client) {
        var jobs = names.stream()
                .map(name -> Lookup.find(client, ContainerJob.class, null, name))
                .toList();
        var out = spec.commandLine().getOut();
        var results = new ArrayList<ContainerJob>();
        for (var job : jobs) {
            var isOver = JobPhases.finished(job);
            results.add(isOver ? job : patch(client, job));
            if (output.isUnsaid()) {
                out.println(Lookup.qualified(job)
                        + (isOver ? " already finished: " + JobPhases.of(job) : " cancel requested"));
                out.flush();
            }
        }
        if (!output.isUnsaid()) {
            ResourcePrinter.printNamed(results, output.orElse(null), JobColumns.at(Instant.now()), out);
        }
        return 0;
    }

    private static ContainerJob patch(KubernetesClient client, ContainerJob job) {
        return client.resources(ContainerJob.class)
                .inNamespace(job.getMetadata().getNamespace())
                .withName(job.getMetadata().getName())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        PATCH.formatted(job.getMetadata().getUid()));
    }
}
