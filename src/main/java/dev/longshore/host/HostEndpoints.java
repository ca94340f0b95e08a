package dev.longshore.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.DockerHost;
import dev.longshore.docker.Endpoint;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** From a DockerHost and its Secret to the endpoint to connect to. */
public final class HostEndpoints {
    public static final String ENDPOINT_NOT_ALLOWED = "EndpointNotAllowed";
    static final String SECRET_NOT_FOUND = "SecretNotFound";
    private static final String TLS_INVALID = "TlsInvalid";

    private final UnixSockets unixSockets;
    private final BiFunction<String, String, Optional<Secret>> secrets;

    /**
     * @param unixSockets whose hosts may name a unix socket
     * @param secrets by namespace and name
     */
    public HostEndpoints(UnixSockets unixSockets, BiFunction<String, String, Optional<Secret>> secrets) {
        this.unixSockets = unixSockets;
        this.secrets = secrets;
    }

    /** @throws HostProblem if the host may not be connected to, or its certificates are not there */
    public Endpoint of(DockerHost host) {
        var uri = host.getSpec().endpoint();
        var namespace = host.getMetadata().getNamespace();
        if (uri.startsWith("unix:") && !unixSockets.allowedFrom(namespace)) {
            throw new HostProblem(
                    ENDPOINT_NOT_ALLOWED,
                    "unix sockets are not allowed in namespace " + namespace
                            + ": start the operator with --allow-unix-from " + namespace);
        }
        var tls = host.getSpec().tls();
        if (tls == null) {
            return new Endpoint(uri, null);
        }
        var secret = secrets.apply(namespace, tls.secretName())
                .orElseThrow(() -> new HostProblem(
                        SECRET_NOT_FOUND, "Secret " + namespace + "/" + tls.secretName() + " not found"));
        var authority = value(secret, "ca.crt");
        if (authority == null && tls.verify()) {
            throw new HostProblem(
                    SECRET_NOT_FOUND,
                    "Secret " + namespace + "/" + tls.secretName()
                            + " has no key ca.crt: add it, or set spec.tls.verify to false");
        }
        return new Endpoint(
                uri, new Endpoint.Tls(authority, value(secret, "tls.crt"), value(secret, "tls.key"), tls.verify()));
    }

    private static String value(Secret secret, String key) {
        if (secret.getStringData() != null && secret.getStringData().containsKey(key)) {
            return secret.getStringData().get(key);
        }
        var data = secret.getData() == null ? Map.<String, String>of() : secret.getData();
        try {
            var value = data.get(key);
            return value == null || value.isEmpty()
                    ? null
                    : new String(Base64.getMimeDecoder().decode(value), UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HostProblem(
                    TLS_INVALID, "Secret " + secret.getMetadata().getName() + ": " + key + " is not valid base64");
        }
    }
}
