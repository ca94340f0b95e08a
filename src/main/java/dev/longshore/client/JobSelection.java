package dev.longshore.client;

import io.fabric8.kubernetes.client.KubernetesClient;
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
        return JobQueryBuilder.builder()
                .namespace(client.getNamespace())
                .labels(labels)
                .build()
                .list(
                        client,
                        job -> new JobSelection(
                                job.getMetadata().getName(), job.getMetadata().getUid()));
    }
}
