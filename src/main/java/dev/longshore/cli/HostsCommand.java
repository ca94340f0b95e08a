package dev.longshore.cli;

import dev.longshore.api.DockerHost;
import dev.longshore.cli.output.HostColumns;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.ResourcePrinter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longshore hosts}. */
@Command(
        name = "hosts",
        description = {
            "List hosts with their reachability, slots, room and engine.",
            "QUEUED counts the jobs that wait for a slot or room, and those that name the host while it is cordoned or"
                    + " unreachable. CPU, MEMORY and GPUS are what jobs hold of spec.allocatable; - is not counted."
        },
        mixinStandardHelpOptions = true)
final class HostsCommand implements Callable<Integer> {
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
        return cluster.use(this::list);
    }

    private int list(KubernetesClient client) {
        var all = client.resources(DockerHost.class);
        var hosts = (allNamespaces ? all.inAnyNamespace() : all.inNamespace(client.getNamespace()))
                .list()
                .getItems();
        var format = output.orElse(OutputOptions.Format.TABLE);
        ResourcePrinter.printFound(spec, client, hosts, format, HostColumns.at(Instant.now()), allNamespaces);
        return 0;
    }
}
