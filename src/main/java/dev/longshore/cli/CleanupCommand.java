package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.cli.log.ArchivedLogRemoval;
import dev.longshore.cli.output.JobColumns;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.client.JobQueryBuilder;
import dev.longshore.client.JobRemoval;
import dev.longshore.client.KeptContainer;
import dev.longshore.client.Lookup;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longshore cleanup}. */
@Command(
        name = "cleanup",
        description = {
            "Delete finished jobs, and wait until they are gone.",
            "Jobs of which a failed container is still kept (keepFailedSeconds) are not deleted."
        },
        mixinStandardHelpOptions = true)
final class CleanupCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Only jobs that finished longer ago than this, such as 7d.")
    private Duration olderThan;

    @Option(
            names = "--phase",
            paramLabel = "PHASE",
            split = ",",
            description =
                    "Only jobs in this phase: Completed, Failed or Cancelled; may be repeated. Default: all three.")
    private Set<JobPhase> phases;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            converter = SelectorConverter.class,
            description = "Only jobs with these labels, such as app=import,tier!=test.")
    private String selector;

    @Option(names = "--dry-run", description = "Print what would be deleted, without deleting it.")
    private boolean dryRun;

    @Option(
            names = "--archives",
            description = "Also delete the archived logs of the deleted jobs. Requires --log-archive.")
    private boolean archives;

    @Mixin
    private LogArchiveOptions logArchive;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "Across all namespaces.")
    private boolean allNamespaces;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var wanted = phases == null
                ? Arrays.stream(JobPhase.values()).filter(JobPhases::finished).collect(Collectors.toSet())
                : phases;
        wanted.stream().filter(phase -> !JobPhases.finished(phase)).findFirst().ifPresent(phase -> {
            throw new IllegalArgumentException(
                    "--phase " + phase + ": only finished jobs can be deleted: Completed, Failed or Cancelled");
        });
        if (!archives) {
            return cluster.use(client -> cleanup(client, wanted, null));
        }
        var options = logArchive
                .options()
                .orElseThrow(() -> new IllegalArgumentException("--archives requires --log-archive"));
        try (var removal = new ArchivedLogRemoval(options)) {
            return cluster.use(client -> cleanup(client, wanted, removal));
        }
    }

    /** @param logs null: they stay */
    private int cleanup(KubernetesClient client, Set<JobPhase> wanted, ArchivedLogRemoval logs) {
        var now = Instant.now();
        var latest = olderThan == null ? null : now.minus(olderThan);
        var finished = JobQueryBuilder.builder()
                .namespace(allNamespaces ? null : client.getNamespace())
                .phases(wanted)
                .labels(selector)
                .build()
                .list(client, job -> job)
                .stream()
                .filter(JobPhases::finished)
                .filter(job -> latest == null || finishedBefore(job, latest))
                .toList();
        var jobs = finished.stream()
                .filter(job -> KeptContainer.of(job, now).isEmpty())
                .toList();
        reportKept(finished, now);
        if (finished.isEmpty() && output.isUnsaid()) {
            ResourcePrinter.sayNone(spec, client, allNamespaces);
        } else if (dryRun) {
            report(jobs, " (dry run)");
        } else {
            delete(client, jobs, logs);
        }
        return 0;
    }

    private void reportKept(List<ContainerJob> jobs, Instant now) {
        var kept = jobs.stream()
                .map(job -> KeptContainer.of(job, now))
                .filter(containers -> !containers.isEmpty())
                .toList();
        var err = spec.commandLine().getErr();
        kept.stream()
                .flatMap(List::stream)
                .map(KeptContainer::until)
                .max(Comparator.naturalOrder())
                .ifPresent(
                        until -> err.println("longshore: " + kept.size() + (kept.size() == 1 ? " job is" : " jobs are")
                                + " not deleted, because failed containers are kept (keepFailedSeconds) until "
                                + until.truncatedTo(ChronoUnit.SECONDS)));
        err.flush();
    }

    private void delete(KubernetesClient client, List<ContainerJob> jobs, ArchivedLogRemoval logs) {
        if (logs != null && !jobs.isEmpty()) {
            logs.check(jobs.get(0));
        }
        var removal = new JobRemoval(client);
        var deleted = jobs.stream().filter(removal::delete).toList();
        report(deleted, "");
        var err = spec.commandLine().getErr();
        for (var job : deleted) {
            while (!removal.awaitGone(job, PATIENCE)) {
                err.println("ContainerJob " + job.getMetadata().getName() + " is waiting for its finalizer: check"
                        + " that an operator watches its namespace, and that its host is reachable");
                err.flush();
            }
            if (logs != null) {
                logs.delete(job);
            }
        }
    }

    /** In kubectl's words. */
    private void report(List<ContainerJob> jobs, String mark) {
        var out = spec.commandLine().getOut();
        if (!output.isUnsaid()) {
            ResourcePrinter.print(jobs, output.orElse(null), JobColumns.at(Instant.now()), allNamespaces, out);
            return;
        }
        jobs.forEach(job -> {
            var name = Lookup.qualified(job);
            out.println(name.substring(0, name.indexOf('/')) + " \""
                    + job.getMetadata().getName() + "\" deleted from "
                    + job.getMetadata().getNamespace() + " namespace" + mark);
        });
        out.flush();
    }

    private static boolean finishedBefore(ContainerJob job, Instant latest) {
        return job.getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals("Finished")
                        && condition.getStatus().equals("True"))
                .map(Condition::getLastTransitionTime)
                .anyMatch(time -> Instant.parse(time).isBefore(latest));
    }
}
