package dev.longshore.cron.reconciler;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerJob;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.CronStore;
import dev.longshore.job.JobStore;
import dev.longshore.kubernetes.Deletions;
import dev.longshore.kubernetes.StatusUpdates;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Schedules and their jobs in a cluster. */
final class KubernetesCronStore implements CronStore {
    private static final int UNPROCESSABLE = 422;
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final PatchContext JSON = PatchContext.of(PatchType.JSON);

    private final KubernetesClient client;
    private final Function<ContainerCronJob, Optional<ContainerCronJob>> update;

    /**
     * @param client reads whole resources
     * @param update stores a status as {@link StatusUpdates} does
     */
    KubernetesCronStore(KubernetesClient client, Function<ContainerCronJob, Optional<ContainerCronJob>> update) {
        this.client = client;
        this.update = update;
    }

    @Override
    public Optional<ContainerCronJob> read(CronKey key) {
        return Optional.ofNullable(client.resources(ContainerCronJob.class)
                        .inNamespace(key.namespace())
                        .withName(key.name())
                        .get())
                .filter(cron -> cron.getMetadata().getUid().equals(key.uid()));
    }

    @Override
    public Optional<ContainerJob> readJob(String namespace, String name) {
        return Optional.ofNullable(job(namespace, name).get());
    }

    @Override
    public Optional<ContainerJob> create(ContainerJob job) {
        try {
            return Optional.of(client.resource(job).create());
        } catch (KubernetesClientException e) {
            switch (e.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT:
                    return Optional.empty();
                case HttpURLConnection.HTTP_BAD_REQUEST:
                case HttpURLConnection.HTTP_FORBIDDEN:
                // Such as of a webhook that does not answer. Should the job be there after all, it is found by its
                // name.
                case HttpURLConnection.HTTP_INTERNAL_ERROR:
                case UNPROCESSABLE:
                    throw new Refused(
                            e.getStatus() == null
                                    ? e.getMessage()
                                    : e.getStatus().getMessage());
                default:
                    throw e;
            }
        }
    }

    /** Sent without the spec, which an update of the status leaves as it is. */
    @Override
    public ContainerCronJob writeStatus(ContainerCronJob cron, ContainerCronJobStatus status) {
        var changed = new ContainerCronJob();
        changed.setMetadata(cron.getMetadata());
        changed.setSpec(null);
        changed.setStatus(status);
        return update.apply(changed)
                .orElseThrow(() -> new JobStore.Conflict("ContainerCronJob " + CronKey.of(cron) + " has changed"));
    }

    @Override
    public void cancel(ContainerJob job) {
        var patch = Map.of("metadata", Map.of("uid", job.getMetadata().getUid()), "spec", Map.of("cancel", true));
        ifThere(job, () -> job(job).patch(MERGE, Serialization.asJson(patch)));
    }

    /** By its place, if it is still there: the job's status may be written meanwhile. */
    @Override
    public void confirm(ContainerJob job) {
        var at = "/metadata/finalizers/" + job.getMetadata().getFinalizers().indexOf(JobStore.UNCONFIRMED);
        var patch = List.of(
                Map.of(
                        "op",
                        "test",
                        "path",
                        "/metadata/uid",
                        "value",
                        job.getMetadata().getUid()),
                Map.of("op", "test", "path", at, "value", JobStore.UNCONFIRMED),
                Map.of("op", "remove", "path", at));
        ifThere(job, () -> job(job).patch(JSON, Serialization.asJson(patch)));
    }

    @Override
    public void delete(ContainerJob job) {
        ifThere(job, () -> Deletions.exactly(job, new ContainerJob(), client));
    }

    private static void ifThere(ContainerJob job, Runnable change) {
        try {
            change.run();
        } catch (KubernetesClientException e) {
            switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> {}
                // A test of a JSON patch that fails is the latter.
                case HttpURLConnection.HTTP_CONFLICT, UNPROCESSABLE ->
                    throw new JobStore.Conflict(
                            "ContainerJob " + job.getMetadata().getNamespace() + "/"
                                    + job.getMetadata().getName() + " has changed");
                default -> throw e;
            }
        }
    }

    private Resource<ContainerJob> job(ContainerJob job) {
        return job(job.getMetadata().getNamespace(), job.getMetadata().getName());
    }

    private Resource<ContainerJob> job(String namespace, String name) {
        return client.resources(ContainerJob.class).inNamespace(namespace).withName(name);
    }
}
