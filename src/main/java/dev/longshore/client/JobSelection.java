package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * A job that was selected, which may be gone by now.
 *
 * @param uid of this job, and no other of that name; null for whichever has it
 */
public record JobSelection(String name, String uid) {
    /**
     * The jobs of the client's namespace with these labels, by name.
     *
     * @param labels as kubectl's {@code -l} takes them
     * @throws IllegalArgumentException if it is not a selector
     */
    public static List<JobSelection> byLabels(KubernetesClient client, String labels) {
        var found = new ArrayList<JobSelection>();
        var jobs = client.resources(ContainerJob.class)
                .inNamespace(client.getNamespace())
                .withLabelSelector(labels);
        try {
            Pages.forEach(
                    jobs,
                    null,
                    Pages.SIZE,
                    job -> found.add(new JobSelection(
                            job.getMetadata().getName(), job.getMetadata().getUid())));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_BAD_REQUEST || e.getStatus() == null) {
                throw e;
            }
            throw new IllegalArgumentException(
                    "selector '" + labels + "': " + e.getStatus().getMessage(), e);
        }
        return found;
    }
}
