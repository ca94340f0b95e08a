package dev.longshore.client;

import dev.longshore.api.ContainerCronJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.List;

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
}
