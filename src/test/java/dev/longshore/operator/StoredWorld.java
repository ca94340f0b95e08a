package dev.longshore.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longshore.devcluster.DevCluster;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.LocalDocker;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What commit f88cb49 left behind: its definitions, resources in every phase as it stored them, once by a client-side and once by
 * a server-side apply, and the containers of those that run.
 */
final class StoredWorld implements AutoCloseable {
    static final String INSTANCE = "upgraded";

    private static final Path FOLDER = Path.of("src/test/resources/upgrade");
    private static final YAMLMapper YAML = new YAMLMapper();

    private final DevCluster cluster = new DevCluster();
    private final KubernetesClient client;

    StoredWorld() throws IOException {
        cluster.start(progress -> {});
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig().toFile()))
                .build();
        for (var kind : List.of("dockerhosts", "containertemplates", "containerjobs")) {
            ApiServer.installCrd(client, FOLDER.resolve("crd-" + kind + ".yaml"));
        }
    }

    KubernetesClient client() {
        return client;
    }

    /** The committed definitions take the place of the old ones. */
    void upgrade() {
        ApiServer.crdFiles().forEach(file -> ApiServer.installCrd(client, file));
        // It takes a moment until they are what counts.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(() -> client.resource(tooManyRetries())
                                .inNamespace("default")
                                .dryRun()
                                .create())
                        .hasMessageContaining("spec.retry.limit"));
    }

    private static GenericKubernetesResource tooManyRetries() throws IOException {
        return YAML.readValue("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: probe}
                spec: {hostRef: {name: h}, templateRef: {name: t}, retry: {limit: 1001}}
                """, GenericKubernetesResource.class);
    }

    /** Makes the resources in a new namespace. */
    void fill(String namespace, String... applyOptions) throws IOException {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        apply(namespace, applyOptions);
        for (var document : documents()) {
            store(namespace, document);
        }
    }

    /** {@code kubectl apply} of all manifests as their users wrote them; what it says, but for warnings. */
    List<String> apply(String namespace, String... options) throws IOException {
        var manifests = new StringBuilder();
        for (var document : documents()) {
            ((ObjectNode) document).remove("status");
            ((ObjectNode) document.path("metadata")).remove("finalizers");
            manifests.append(YAML.writeValueAsString(document));
        }
        var command = new ArrayList<>(List.of(
                ApiServer.kubectl().toString(),
                "--kubeconfig=" + cluster.kubeconfig(),
                "--namespace=" + namespace,
                "apply"));
        command.addAll(List.of(options));
        command.addAll(List.of("-f", "-"));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(manifests.toString().getBytes(UTF_8));
        }
        return new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .filter(line -> !line.startsWith("Warning:"))
                .toList();
    }

    private static List<JsonNode> documents() throws IOException {
        return YAML.readerFor(JsonNode.class)
                .<JsonNode>readValues(Files.readString(FOLDER.resolve("world.yaml")))
                .readAll();
    }

    /** Gives a resource what the operator had written. */
    private void store(String namespace, JsonNode document) throws IOException {
        var kind = document.path("kind").asText();
        var resource = client.genericKubernetesResources("longshore.dev/v1", kind)
                .inNamespace(namespace)
                .withName(document.path("metadata").path("name").asText());
        document.path("metadata")
                .path("finalizers")
                .forEach(finalizer -> resource.edit(stored -> {
                    stored.addFinalizer(finalizer.asText());
                    return stored;
                }));
        if (!document.has("status")) {
            return;
        }
        var stored = resource.get();
        var status = document.path("status").toString();
        if (status.contains("CONTAINER")) {
            status = status.replace("CONTAINER", runContainer(stored, document));
        }
        status = status.replace("NAMESPACE", namespace)
                .replace("UID", stored.getMetadata().getUid());
        stored.setAdditionalProperty("status", YAML.readValue(status, Map.class));
        client.resource(stored).updateStatus();
    }

    private String runContainer(GenericKubernetesResource job, JsonNode document) {
        var metadata = job.getMetadata();
        var docker = LocalDocker.shared().client();
        var command = new ArrayList<String>();
        document.at("/spec/template/command").forEach(argument -> command.add(argument.asText()));
        var id = docker.createContainerCmd(LocalDocker.IMAGE)
                .withName("longshore-" + metadata.getUid() + "-1")
                .withEntrypoint(command)
                .withLabels(Map.of(
                        "longshore.dev/attempt", "1",
                        "longshore.dev/host", metadata.getNamespace() + "/local",
                        "longshore.dev/instance", instance(),
                        "longshore.dev/job", metadata.getName(),
                        "longshore.dev/job-uid", metadata.getUid(),
                        "longshore.dev/namespace", metadata.getNamespace(),
                        "longshore.dev/template", ""))
                .exec()
                .getId();
        docker.startContainerCmd(id).exec();
        return id;
    }

    private String instance() {
        return client.namespaces().withName("default").get().getMetadata().getUid() + "/" + INSTANCE;
    }

    @Override
    public void close() {
        LocalDocker.shared().removeAll("longshore.dev/instance=" + instance());
        client.close();
        cluster.close();
    }
}
