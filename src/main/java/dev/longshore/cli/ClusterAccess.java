package dev.longshore.cli;

import dev.longshore.client.Kubeconfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cluster as kubectl would find it, or the one that this process runs in. */
record ClusterAccess(KubernetesClient client, boolean isInside) {
    private static final Path OWN_NAMESPACE = Path.of(Config.KUBERNETES_NAMESPACE_PATH);

    /** @param kubeconfig or null for the usual places */
    static ClusterAccess of(Path kubeconfig) {
        var config = Kubeconfig.config(kubeconfig, null);
        var inside = kubeconfig == null
                && System.getenv("KUBERNETES_SERVICE_HOST") != null
                && Files.isReadable(Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH));
        var builder = new KubernetesClientBuilder().withConfig(config);
        if (isByCertificate(config)) {
            // Else it reads the kubeconfig again before each request, for a token that is not in it.
            builder.withHttpClientBuilderConsumer(
                    http -> http.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, null));
        }
        return new ClusterAccess(builder.build(), inside);
    }

    private static boolean isByCertificate(Config config) {
        return (config.getClientCertData() != null || config.getClientCertFile() != null)
                && config.getAutoOAuthToken() == null
                && config.getOauthToken() == null
                && config.getOauthTokenProvider() == null
                && config.getAuthProvider() == null
                && config.getUsername() == null;
    }

    /** The namespace that this process runs in, or is taken to run in. */
    String ownNamespace() {
        var given = System.getenv("POD_NAMESPACE");
        if (given != null && !given.isBlank()) {
            return given;
        }
        try {
            return Files.isReadable(OWN_NAMESPACE)
                    ? Files.readString(OWN_NAMESPACE).strip()
                    : "default";
        } catch (IOException e) {
            throw new IllegalStateException("failed to read " + OWN_NAMESPACE + ": set POD_NAMESPACE", e);
        }
    }
}
