package dev.longshore.cli.log;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.cli.daemon.Daemons;
import dev.longshore.cli.daemon.OutOfReachException;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.log.ContainerLog;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** A container of a job on its daemon, reached with what the person who asks may read: the DockerHost and its Secret. */
final class JobContainer {
    private final Daemons daemons;
    private final EngineFactory factory;

    JobContainer(KubernetesClient client, EngineFactory factory) {
        this.daemons = new Daemons(client);
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
            var endpoint = daemons.endpoint(host);
            if (!new ContainerLog(factory, endpoint, container, labels).copy(query, sink)) {
                throw new OutOfReachException(
                        isRemoved(job, container)
                                ? "the container has been removed"
                                : "container not found on the Docker daemon at " + endpoint.uri() + " of DockerHost "
                                        + HostKey.of(host),
                        null);
            }
        } catch (DockerException e) {
            throw new OutOfReachException("DockerHost " + HostKey.of(host) + ": " + e.getMessage(), e);
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
        return daemons.host(HostKey.of(where));
    }
}
