package dev.longshore.cli;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.client.ClusterFailure;
import dev.longshore.client.Kubeconfig;
import dev.longshore.client.Lookup;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which cluster and namespace a command is about, as with kubectl. A mixin. */
final class ClusterOptions {
    private static final int CONNECT_MILLIS = 5_000;

    /** What a command does on the cluster. */
    @FunctionalInterface
    interface Work {
        /**
         * @param client whose namespace is the one that was asked for
         * @return the exit code
         */
        int on(KubernetesClient client) throws InterruptedException;
    }

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Path to the kubeconfig. Default: KUBECONFIG, ~/.kube/config, or the service account.")
    private Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "Kubeconfig context to use. Default: the current context.")
    private String context;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NS",
            description = "Namespace. Default: the namespace of the context.")
    private String namespace;

    /**
     * Does {@code work} with a client that asks once and then gives up.
     *
     * @throws ClusterFailure if the cluster does not answer, or refuses
     */
    int use(Work work) throws InterruptedException {
        Logging.quiet();
        var config = config();
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            return work.on(client);
        } catch (KubernetesClientException e) {
            throw ClusterFailure.of(e, config.getMasterUrl());
        }
    }

    private Config config() {
        var config = Kubeconfig.config(kubeconfig, context);
        config.setRequestRetryBackoffLimit(0);
        // Over HTTP/2 an API server follows its 401 with a GOAWAY, and the JDK's client tells of that alone.
        config.setHttp2Disable(true);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setNamespace(
                namespace != null ? Lookup.namespace(namespace) : requireNonNullElse(config.getNamespace(), "default"));
        return config;
    }
}
