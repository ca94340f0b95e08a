package dev.longshore.client;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.cron.ScheduledJobs;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Creates a job of a schedule outside of its times. */
public final class ManualRun {
    /** As Kubernetes generates names: no vowels, so no words, and nothing that is mistaken for another. */
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int LENGTH = 5;
    private static final int MOST_NAMES = 3;

    private ManualRun() {}

    /**
     * Creates one, also if the schedule is suspended.
     *
     * @throws IllegalArgumentException if the schedule is being deleted: its jobs would be, too
     */
    public static ContainerJob create(KubernetesClient client, ContainerCronJob cron) {
        if (cron.isMarkedForDeletion()) {
            throw new IllegalArgumentException(
                    "ContainerCronJob " + cron.getMetadata().getNamespace() + "/"
                            + cron.getMetadata().getName() + " is being deleted");
        }
        for (var names = 1; ; names++) {
            try {
                return client.resource(ScheduledJobs.manual(cron, suffix())).create();
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || names == MOST_NAMES) {
                    throw e;
                }
            }
        }
    }

    private static String suffix() {
        return ThreadLocalRandom.current()
                .ints(LENGTH, 0, LETTERS.length())
                .mapToObj(index -> LETTERS.substring(index, index + 1))
                .collect(Collectors.joining());
    }
}
