package dev.longshore.client;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.cron.ScheduledJobs;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** ContainerCronJobs of a cluster. */
public final class Schedules {
    private Schedules() {}

    /**
     * Those with some labels, by namespace and name.
     *
     * @param namespace null for all
     * @param labels as kubectl's {@code -l} takes them; null for all
     * @throws IllegalArgumentException if the labels are not a selector
     */
    public static List<ContainerCronJob> list(KubernetesClient client, String namespace, String labels) {
        var found = Pages.list(client, ContainerCronJob.class, namespace, labels, null, cron -> true, cron -> cron);
        found.sort(Comparator.<ContainerCronJob, String>comparing(
                        cron -> cron.getMetadata().getNamespace())
                .thenComparing(cron -> cron.getMetadata().getName()));
        return found;
    }

    /** The schedule that a job is of, unless it is gone or being deleted, or may not be read. */
    public static Optional<ContainerCronJob> of(KubernetesClient client, ContainerJob job) {
        return ScheduledJobs.owner(job)
                .flatMap(owner -> Lookup.ifAllowed(() -> Lookup.get(
                        client, ContainerCronJob.class, job.getMetadata().getNamespace(), owner.getName())))
                .flatMap(found -> found)
                .filter(cron -> ScheduledJobs.isOf(job, cron) && !cron.isMarkedForDeletion());
    }

    /**
     * UIDs of those of this name: by them, and not by a label, jobs are theirs.
     *
     * @param written the name, optionally with the kind
     * @param allNamespaces whether those of other namespaces are meant, too
     * @throws IllegalArgumentException if there is none
     */
    public static Set<String> uids(KubernetesClient client, String written, boolean allNamespaces) {
        if (!allNamespaces) {
            return Set.of(Lookup.find(client, ContainerCronJob.class, null, written)
                    .getMetadata()
                    .getUid());
        }
        var name = Lookup.name(ContainerCronJob.class, written);
        var uids = Pages.list(
                client,
                ContainerCronJob.class,
                null,
                null,
                "metadata.name=" + name,
                cron -> true,
                cron -> cron.getMetadata().getUid());
        if (uids.isEmpty()) {
            throw new IllegalArgumentException("ContainerCronJob " + name + " not found in any namespace");
        }
        return uids.stream().collect(Collectors.toUnmodifiableSet());
    }
}
