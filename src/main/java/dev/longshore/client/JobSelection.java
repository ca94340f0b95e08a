package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/**
 * A job that was selected, which may be gone by now.
 *
 * @param uid of this job, and no other of that name
 */
public record JobSelection(String name, String uid) {
    /**
     * The jobs of the client's namespace with these labels, by name.
     *
     * @param labels as kubectl's {@code -l} takes them
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if it is no selector, too
     */
    public static List<JobSelection> byLabels(KubernetesClient client, String labels) {
        var found = new ArrayList<JobSelection>();
        var jobs = client.resources(ContainerJob.class)
                .inNamespace(client.getNamespace())
                .withLabelSelector(labels);
        Pages.forEach(
                jobs,
                null,
                Pages.SIZE,
                job -> found.add(new JobSelection(
                        job.getMetadata().getName(), job.getMetadata().getUid())));
        return found;
    }
}
