package dev.longshore.cli.log;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.client.ClusterFailure;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.log.ContainerLog;
import dev.longshore.host.HostEndpoints;
import dev.longshore.host.HostProblem;
import dev.longshore.host.UnixSockets;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;

/** A container of a job on its daemon, reached with what the person who asks may read: the DockerHost and its Secret. */
final class JobContainer {
    private final KubernetesClient client;
    private final EngineFactory factory;

    /** Why a log cannot be had from the daemon, in words for the person. */
    static final class OutOfReachException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfReachException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    JobContainer(KubernetesClient client, EngineFactory factory) {
        this.client = client;
        this.factory = factory;
    }

    /**
     * Copies the log of one of the job's containers.
     *
     * @throws OutOfReachException where that does not work; a part may have been copied
     */
    void copyLog(ContainerJob job, String container, LogQuery query, ContainerLog.Sink sink) {
        var host = host(job);
        // A socket's path may lead to another daemon here than where the operator is: only a container of this job will
        // do.
        var labels = Map.of(
                JobLabels.JOB_UID, job.getMetadata().getUid(),
                JobLabels.NAMESPACE, job.getMetadata().getNamespace(),
                JobLabels.HOST, HostKey.of(host).toString());
        try {
            var endpoint = new HostEndpoints(UnixSockets.ALL, this::secret).of(host);
            if (!new ContainerLog(factory, endpoint, container, labels).copy(query, sink)) {
                throw new OutOfReachException(
                        isRemoved(job, container)
                                ? "the container has been removed"
                                : "container not found on the Docker daemon at " + endpoint.uri() + " of DockerHost "
                                        + HostKey.of(host),
                        null);
            }
        } catch (HostProblem | DockerException e) {
            throw new OutOfReachException("DockerHost " + HostKey.of(host) + ": " + e.getMessage(), e);
        } catch (KubernetesClientException e) {
            throw refused("the Secret of DockerHost " + HostKey.of(host), e);
        }
    }

    private static boolean isRemoved(ContainerJob job, String container) {
        return JobPhases.removesEnded(job)
                && job.getStatus().attempts().stream()
                        .anyMatch(attempt -> container.equals(attempt.containerID()) && attempt.finishedAt() != null);
    }

    private DockerHost host(ContainerJob job) {
        var where = job.getStatus().host();
        if (where == null) {
            throw new OutOfReachException("the job's status has no host", null);
        }
        try {
            var host = client.resources(DockerHost.class)
                    .inNamespace(where.namespace())
                    .withName(where.name())
                    .get();
            if (host == null) {
                throw new OutOfReachException("DockerHost " + HostKey.of(where) + " not found", null);
            }
            return host;
        } catch (KubernetesClientException e) {
            throw refused("DockerHost " + HostKey.of(where), e);
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
