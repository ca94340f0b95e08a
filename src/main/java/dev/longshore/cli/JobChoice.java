package dev.longshore.cli;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.cli.output.JobColumns;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.client.JobQueryBuilder;
import dev.longshore.client.JobSelection;
import dev.longshore.client.Lookup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which jobs a command is about: those that are named, or those with some labels. A mixin. */
final class JobChoice {
    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Name of a job.")
    private List<String> names = List.of();

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "SELECTOR",
            converter = SelectorConverter.class,
            description = "Instead of names: all jobs with these labels, such as app=import,tier!=test.")
    private String selector;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** @throws IllegalArgumentException unless there are either names or a selector */
    void check() {
        if (names.isEmpty() == (selector == null)) {
            throw new IllegalArgumentException("requires either names or --selector");
        }
    }

    /**
     * The jobs, which are none only if no job has the labels.
     *
     * @throws IllegalArgumentException if one that is named does not exist
     */
    List<ContainerJob> find(KubernetesClient client) {
        return selector == null
                ? names.stream()
                        .map(name -> Lookup.find(client, ContainerJob.class, null, name))
                        .toList()
                : JobQueryBuilder.builder()
                        .namespace(client.getNamespace())
                        .labels(selector)
                        .build()
                        .list(client, job -> job);
    }

    /**
     * The same in the order of the names, where names with that kind before them may be of schedules, too.
     *
     * @throws IllegalArgumentException if one that is named does not exist
     */
    List<HasMetadata> findBesideSchedules(KubernetesClient client) {
        return selector == null
                ? names.stream().map(name -> resource(client, name)).toList()
                : List.copyOf(find(client));
    }

    private static HasMetadata resource(KubernetesClient client, String name) {
        return Lookup.isQualified(ContainerCronJob.class, name)
                ? Lookup.find(client, ContainerCronJob.class, null, name)
                : Lookup.find(client, ContainerJob.class, null, name);
    }

    /** The same, if there must be one. */
    List<ContainerJob> require(KubernetesClient client) {
        var jobs = find(client);
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException(
                    "no ContainerJob in namespace " + client.getNamespace() + " matches selector '" + selector + "'");
        }
        return jobs;
    }

    /**
     * The same without reading those that are named, which may be gone.
     *
     * @param uid of the one that is named, or null
     */
    List<JobSelection> select(KubernetesClient client, String uid) {
        return selector == null
                ? names.stream().map(name -> new JobSelection(name, uid)).toList()
                : JobSelection.byLabels(client, selector);
    }

    boolean isOneName() {
        return names.size() == 1;
    }

    /** Prints them: as a list if they were selected; or that there are none. */
    void print(KubernetesClient client, List<ContainerJob> jobs, OutputOptions output) {
        var columns = JobColumns.at(Instant.now());
        if (selector == null) {
            ResourcePrinter.printNamed(
                    jobs, output.orElse(null), columns, command.commandLine().getOut());
        } else {
            ResourcePrinter.printFound(
                    command, client, jobs, output.orElse(OutputOptions.Format.TABLE), columns, false);
        }
    }
}
