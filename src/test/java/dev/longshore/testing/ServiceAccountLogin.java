package dev.longshore.testing;

import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A kubeconfig with the rights of a service account on the {@link ApiServer}. */
public final class ServiceAccountLogin {
    private ServiceAccountLogin() {}

    /** @param file to write */
    public static Path write(Path file, String namespace, String account) throws IOException {
        var server = ApiServer.shared();
        var token = server.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(account)
                .tokenRequest(new TokenRequest());
        var config = KubeConfigUtils.parseConfig(server.kubeconfig().toFile());
        config.getUsers()
                .get(0)
                .setUser(new AuthInfoBuilder()
                        .withToken(token.getStatus().getToken())
                        .build());
        return Files.writeString(file, Serialization.asYaml(config));
    }
}
