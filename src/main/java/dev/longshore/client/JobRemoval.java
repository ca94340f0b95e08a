package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Deletes finished jobs only: never a new job that has the name of a finished one. */
public final class JobRemoval {
    private final KubernetesClient client;

    public JobRemoval(KubernetesClient client) {
        this.client = client;
    }

    /** @return whether the job's deletion has begun; false where it was gone already */
    public boolean delete(ContainerJob job) {
        var finished = job;
        while (true) {
            try {
                var found = resource(job)
                        .lockResourceVersion(finished.getMetadata().getResourceVersion())
                        .delete();
                return !found.isEmpty();
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
            }
            // Changed since it was read: by a label, for example, or because it is another job.
            finished = resource(job).get();
            if (isGone(job, finished) || !JobPhases.finished(finished)) {
                return false;
            }
        }
    }

    /** @return whether the job was gone within {@code limit}; its operator removes the finalizer first */
    public boolean awaitGone(ContainerJob job, Duration limit) {
        if (isGone(job, resource(job).get())) {
            return true;
        }
        try {
            resource(job).waitUntilCondition(now -> isGone(job, now), limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (KubernetesClientTimeoutException e) {
            return false;
        }
    }

    private Resource<ContainerJob> resource(ContainerJob job) {
        return client.resources(ContainerJob.class)
                .inNamespace(job.getMetadata().getNamespace())
                .withName(job.getMetadata().getName());
    }

    private static boolean isGone(ContainerJob job, ContainerJob now) {
        return now == null
                || !now.getMetadata().getUid().equals(job.getMetadata().getUid());
    }
}
