package dev.longshore.cli.daemon;

import dev.longshore.api.DockerHost;
import dev.longshore.client.ClusterFailure;
import dev.longshore.docker.Endpoint;
import dev.longshore.host.HostEndpoints;
import dev.longshore.host.HostProblem;
import dev.longshore.host.UnixSockets;
import dev.longshore.job.HostKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Where daemons are, as far as the person may read that. */
public final class Daemons {
    private final KubernetesClient client;

    public Daemons(KubernetesClient client) {
        this.client = client;
    }

    /** @throws OutOfReachException if there is no such host, or it may not be read */
    public DockerHost host(HostKey key) {
        try {
            var host = client.resources(DockerHost.class)
                    .inNamespace(key.namespace())
                    .withName(key.name())
                    .get();
            if (host == null) {
                throw new OutOfReachException("DockerHost " + key + " not found", null);
            }
            return host;
        } catch (KubernetesClientException e) {
            throw refused("DockerHost " + key, e);
        }
    }

    /** @throws OutOfReachException if its certificates are not there, or may not be read */
    public Endpoint endpoint(DockerHost host) {
        try {
            return new HostEndpoints(UnixSockets.ALL, this::secret).of(host);
        } catch (HostProblem e) {
            throw new OutOfReachException("DockerHost " + HostKey.of(host) + ": " + e.getMessage(), e);
        } catch (KubernetesClientException e) {
            throw refused("the Secret of DockerHost " + HostKey.of(host), e);
        }
    }

    private Optional<Secret> secret(String namespace, String name) {
        return Optional.ofNullable(
                client.secrets().inNamespace(namespace).withName(name).get());
    }

    private OutOfReachException refused(String what, KubernetesClientException problem) {
        var message =
                ClusterFailure.of(problem, client.getMasterUrl().toString()).getMessage();
        return new OutOfReachException("failed to read " + what + ": " + message, problem);
    }
}
