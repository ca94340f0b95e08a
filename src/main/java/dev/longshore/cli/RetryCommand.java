package dev.longshore.cli;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.cli.output.JobReport;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.Waiting;
import dev.longshore.client.ManualRun;
import dev.longshore.client.Schedules;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longshore retry}. */
@Command(
        name = "retry",
        description = {
            "Create a new job from a finished job's spec.",
            "Labels are kept; spec.cancel is not. A job of a ContainerCronJob that still exists is retried like a triggered"
                    + " one: the new job belongs to the ContainerCronJob and is for no scheduled time."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the jobs were created and, with --wait, all completed",
            "1:a job did not complete",
            "2:bad usage or input, or a job was not found or has not finished; nothing was created"
        })
final class RetryCommand implements Callable<Integer> {
    /** By these GitOps tools know what is theirs, and delete what their source does not have. */
    private static final List<String> TRACKING = List.of(
            "app.kubernetes.io/instance",
            "argocd.argoproj.io/",
            "kustomize.toolkit.fluxcd.io/",
            "helm.toolkit.fluxcd.io/");

    @Mixin
    private JobChoice choice;

    @Option(names = "--wait", description = "Wait until the new jobs have finished.")
    private boolean wait;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        choice.check();
        return cluster.use(this::retry);
    }

    private int retry(KubernetesClient client) throws InterruptedException {
        var old = choice.find(client);
        if (old.isEmpty()) {
            choice.print(client, old, output);
        }
        old.forEach(RetryCommand::checkThatItHasFinished);
        var report = new JobReport(spec, output);
        var created = new ArrayList<ContainerJob>();
        // Before anything is created: what cannot be read is an error.
        var schedules = old.stream().map(job -> Schedules.of(client, job)).toList();
        for (var index = 0; index < old.size(); index++) {
            var copy = create(client, copy(old.get(index)), schedules.get(index));
            created.add(copy);
            report.created(copy, wait);
        }
        var exitCode = 0;
        for (var job : wait ? created : List.<ContainerJob>of()) {
            var finished = Waiting.await(client, job, spec.commandLine().getErr());
            exitCode = Math.max(exitCode, report.finished(finished));
        }
        return exitCode;
    }

    private static ContainerJob create(
            KubernetesClient client, ContainerJob copy, Optional<ContainerCronJob> schedule) {
        return schedule.map(cron -> ManualRun.again(client, cron, copy))
                .orElseGet(() -> client.resource(copy).create());
    }

    /** Else it would run twice at the same time. */
    private static void checkThatItHasFinished(ContainerJob job) {
        if (!JobPhases.finished(job)) {
            var name = job.getMetadata().getName();
            throw new IllegalArgumentException("ContainerJob " + name + " is "
                    + JobPhases.of(job) + " and would run twice. Wait: longshore wait " + name
                    + ". Cancel: longshore cancel " + name);
        }
    }

    /**
     * As one of no schedule. Annotations are not copied: they are notes about the old one, most of them by tools, or its
     * scheduled time.
     */
    static ContainerJob copy(ContainerJob old) {
        var metadata = old.getMetadata();
        var copy = new ContainerJob();
        copy.setMetadata(new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withGenerateName(
                        metadata.getGenerateName() == null ? metadata.getName() + "-" : metadata.getGenerateName())
                .withLabels(metadata.getLabels())
                .build());
        copy.getMetadata()
                .getLabels()
                .keySet()
                .removeIf(label -> label.equals(ScheduledJobs.CRON_JOB)
                        || TRACKING.stream().anyMatch(label::startsWith));
        copy.setSpec(
                ContainerJobSpecBuilder.builder(old.getSpec()).cancel(false).build());
        return copy;
    }
}
