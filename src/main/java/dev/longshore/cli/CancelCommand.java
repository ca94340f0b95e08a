package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.client.InParallel;
import dev.longshore.client.Lookup;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private JobChoice choice;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        choice.check();
        return cluster.use(this::cancel);
    }

    private int cancel(KubernetesClient client) throws InterruptedException {
        var jobs = choice.find(client);
        var out = spec.commandLine().getOut();
        var results = new ArrayList<ContainerJob>();
        InParallel.each(jobs, job -> JobPhases.finished(job) ? job : patch(client, job), (job, result) -> {
            results.add(result);
            if (output.isUnsaid()) {
                out.println(Lookup.qualified(job)
                        + (JobPhases.finished(job) ? " already finished: " + JobPhases.of(job) : " cancel requested"));
                out.flush();
            }
        });
        if (!output.isUnsaid() || jobs.isEmpty()) {
            choice.print(client, results, output);
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
