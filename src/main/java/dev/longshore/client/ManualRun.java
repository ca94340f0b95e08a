package dev.longshore.client;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.cron.ScheduledJobs;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Creates a job of a schedule outside of its times. */
public final class ManualRun {
    /** As Kubernetes generates names: no vowels, so no words, and nothing that is mistaken for another. */
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int LENGTH = 5;
    private static final int MOST_NAMES = 3;

    private ManualRun() {}

    /**
     * Creates one that does again what another has done.
     *
     * @param copy what it is to be, but for its name and whose it is; may be changed
     */
    public static ContainerJob again(KubernetesClient client, ContainerCronJob cron, ContainerJob copy) {
        return create(client, () -> {
            var job = ScheduledJobs.manual(cron, suffix());
            var label = job.getMetadata().getLabels().get(ScheduledJobs.CRON_JOB);
            copy.getMetadata().getLabels().put(ScheduledJobs.CRON_JOB, label);
            job.getMetadata().setLabels(copy.getMetadata().getLabels());
            job.getMetadata().setAnnotations(copy.getMetadata().getAnnotations());
            job.setSpec(copy.getSpec());
            return job;
        });
    }

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
        return create(client, () -> ScheduledJobs.manual(cron, suffix()));
    }

    private static ContainerJob create(KubernetesClient client, Supplier<ContainerJob> job) {
        for (var names = 1; ; names++) {
            try {
                return client.resource(job.get()).create();
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
