package dev.longshore.chart;

import static io.fabric8.kubeapitest.KubeAPIServerConfigBuilder.anAPIServerConfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An API server for the tests of the chart alone, since an operator of the chart may watch every namespace. It writes down
 * each call of a service account, and what it thought of it.
 */
final class AuditedCluster {
    private static final int START_MILLIS = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
              - level: Metadata
                userGroups: [system:serviceaccounts]
              - level: None
            """;

    /**
     * @param permission as {@code group/resource verb}, with the resource's subresource where there is one
     * @param name of the object; empty for none
     */
    record Call(String permission, String namespace, String name, int code) {}

    private static final class Shared {
        private static final AuditedCluster CLUSTER = new AuditedCluster();
    }

    private final KubernetesClient client;
    private final Path kubeconfig;
    private final Path log;

    private AuditedCluster() {
        try {
            var folder = Files.createTempDirectory("longshore-audit");
            var policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
            log = folder.resolve("audit.log");
            var server = new KubeAPIServer(anAPIServerConfig()
                    .withTestDir(Kubectl.folder().toString())
                    // The shared one has downloaded what is missing.
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .withWaitForEtcdHealthCheckOnStartup(false)
                    .withStartupTimeout(START_MILLIS)
                    // As OpenShift has it: who has an owner wait for a resource may change the owner's finalizers.
                    .withApiServerFlag("--enable-admission-plugins", "OwnerReferencesPermissionEnforcement")
                    .withApiServerFlag("--audit-policy-file", policy.toString())
                    .withApiServerFlag("--audit-log-path", log.toString())
                    .build());
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-audited-api-server"));
            server.start();
            kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.getKubeConfigYaml());
            List.of(folder, policy, log, kubeconfig)
                    .forEach(file -> file.toFile().deleteOnExit());
            client = new KubernetesClientBuilder()
                    .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AuditedCluster shared() {
        return Shared.CLUSTER;
    }

    KubernetesClient client() {
        return client;
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    void createNamespace(String name, Map<String, String> labels) {
        client().resource(namespace(name, labels)).create();
    }

    private static Namespace namespace(String name, Map<String, String> labels) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
    }

    /** A token, as a pod of this service account would get. */
    static String token(KubernetesClient client, String namespace, String account) {
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(new TokenRequest())
                .getStatus()
                .getToken();
    }

    /** A kubeconfig to be a service account with. */
    String kubeconfigOf(String namespace, String account) {
        var config = client().getConfiguration();
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "%s", certificate-authority: "%s"}}]
                users: [{name: u, user: {token: "%s"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """.formatted(config.getMasterUrl(), config.getCaCertFile(), token(client(), namespace, account));
    }

    /** What a service account has asked for until now. */
    List<Call> calls(String namespace, String account) {
        var user = "system:serviceaccount:" + namespace + ":" + account;
        try (var lines = Files.lines(log)) {
            return lines.map(AuditedCluster::json)
                    .filter(entry -> entry.at("/user/username").asText().equals(user))
                    .map(AuditedCluster::call)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Call call(JsonNode entry) {
        var object = entry.path("objectRef");
        var resource = object.path("resource").asText(entry.path("requestURI").asText());
        var sub = object.path("subresource").asText();
        return new Call(
                permission(
                        object.path("apiGroup").asText(),
                        sub.isEmpty() ? resource : resource + "/" + sub,
                        entry.path("verb").asText()),
                object.path("namespace").asText(),
                object.path("name").asText(),
                entry.at("/responseStatus/code").asInt());
    }

    static String permission(String group, String resource, String verb) {
        return group + "/" + resource + " " + verb;
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
