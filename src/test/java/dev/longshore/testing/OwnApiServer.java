package dev.longshore.testing;

import dev.longshore.devcluster.DevCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An API server of a test's own, whose operator may watch all namespaces and whose definitions may be others. */
public final class OwnApiServer implements AutoCloseable {
    private final DevCluster cluster = new DevCluster();
    private final KubernetesClient client;

    public OwnApiServer() {
        cluster.start(progress -> {});
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig().toFile()))
                .build();
    }

    public KubernetesClient client() {
        return client;
    }

    public Path kubeconfig() {
        return cluster.kubeconfig();
    }

    /** @param change to each of the committed definitions */
    public void installCrds(Consumer<CustomResourceDefinition> change) {
        ApiServer.installCrds(client, change);
    }

    public void createNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    public void create(String namespace, String yaml) {
        for (HasMetadata resource : client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            client.resource(resource).inNamespace(namespace).create();
        }
    }

    /** {@code longshore operator} for all namespaces, in a process of its own. */
    public OperatorProcess operator(List<String> jvm, ProcessBuilder.Redirect output, String... options) {
        var args = new java.util.ArrayList<>(List.of("operator"));
        args.addAll(List.of(options));
        return new OperatorProcess(jvm, args, Map.of("KUBECONFIG", kubeconfig().toString()), output);
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
