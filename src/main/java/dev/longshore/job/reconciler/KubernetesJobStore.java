package dev.longshore.job.reconciler;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobLogs;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobStore;
import dev.longshore.kubernetes.Deletions;
import dev.longshore.kubernetes.Finalizers;
import dev.longshore.kubernetes.LeftOut;
import dev.longshore.kubernetes.StatusUpdates;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Jobs in a cluster, for the time of one reconciliation. */
final class KubernetesJobStore implements JobStore {
    private static final String ETCD_REFUSES = "request is too large";

    private final Context<ContainerJob> context;
    private final KubernetesCluster cluster;

    KubernetesJobStore(Context<ContainerJob> context, KubernetesCluster cluster) {
        this.context = context;
        this.cluster = cluster;
    }

    /** Sent without the spec, which an update of the status leaves as it is. */
    @Override
    public ContainerJob writeStatus(ContainerJob job, ContainerJobStatus status) {
        var changed = new ContainerJob();
        changed.setMetadata(job.getMetadata());
        changed.setSpec(null);
        changed.setStatus(withOutput(job, status));
        try {
            var written = StatusUpdates.update(changed, context)
                    .orElseThrow(() -> new Conflict(JobKey.of(job) + " has changed"));
            return whole(written, job, changed.getStatus());
        } catch (KubernetesClientException e) {
            if (isTooLarge(e)) {
                throw new TooLarge("the API server cannot store it: " + ETCD_REFUSES);
            }
            throw e;
        }
    }

    /** The cache may have less of it. */
    private static ContainerJob whole(ContainerJob written, ContainerJob job, ContainerJobStatus status) {
        var whole = new ContainerJob();
        whole.setMetadata(LeftOut.unmarked(written.getMetadata()));
        whole.setSpec(job.getSpec());
        whole.setStatus(status);
        return whole;
    }

    /** Also what a proxy or the API server itself does not take. */
    private static boolean isTooLarge(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_ENTITY_TOO_LARGE
                || String.valueOf(e.getMessage()).contains(ETCD_REFUSES)
                || String.valueOf(e.getMessage()).contains("larger than max");
    }

    /** A result that stays has a log and values, which the cache does not have. Another version of the job has no say. */
    private ContainerJobStatus withOutput(ContainerJob job, ContainerJobStatus status) {
        var logs = status.logs();
        var isOfBefore = status.exitCode() != null && (logs == null || logs.stdout() == null && logs.stderr() == null);
        if (!isOfBefore) {
            return status;
        }
        return read(JobKey.of(job))
                .filter(live -> live.getMetadata()
                        .getResourceVersion()
                        .equals(job.getMetadata().getResourceVersion()))
                .map(ContainerJob::getStatus)
                .map(live -> ContainerJobStatusBuilder.builder(status)
                        .logs(logs == null ? live.logs() : withText(logs, live.logs()))
                        .results(live.results())
                        .build())
                .orElse(status);
    }

    private static JobLogs withText(JobLogs logs, JobLogs live) {
        return live == null ? logs : new JobLogs(live.stdout(), live.stderr(), live.truncated(), logs.archive());
    }

    @Override
    public ContainerJob setFinalizer(ContainerJob job, boolean present) {
        return Finalizers.set(job, FINALIZER, present, context)
                .map(written -> whole(written, job, job.getStatus()))
                .orElseThrow(() -> new Conflict(JobKey.of(job) + " has changed"));
    }

    @Override
    public Optional<ContainerJob> read(JobKey key) {
        return cluster.job(key);
    }

    @Override
    public void delete(ContainerJob job) {
        try {
            Deletions.exactly(job, new ContainerJob(), context.getClient());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                throw new Conflict(JobKey.of(job) + " has changed");
            }
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}
