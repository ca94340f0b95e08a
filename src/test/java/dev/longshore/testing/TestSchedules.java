package dev.longshore.testing;

import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.ContainerCronJobStatusBuilder;
import dev.longshore.api.ObservedSchedule;
import dev.longshore.api.StatusFormat;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Schedules of which one time is due, without waiting for a minute to be over. */
public final class TestSchedules {
    /** Once a year. */
    public static final String YEARLY = "@yearly";

    private static final Duration SOON = Duration.ofSeconds(30);

    private TestSchedules() {}

    /** The newest time of {@link #YEARLY}. */
    public static Instant newest() {
        return LocalDate.now(ZoneOffset.UTC).withDayOfYear(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** What the job for it is named. */
    public static String jobName(String schedule) {
        return schedule + "-" + newest().getEpochSecond() / 60;
    }

    /** A yearly schedule that is there already has been in effect for two years, it says, and nobody looked at it. */
    public static void makeDue(KubernetesClient client, String namespace, String name) {
        var since = StatusFormat.time(newest().minus(700, ChronoUnit.DAYS));
        edit(client, namespace, name, cron -> {
            cron.setStatus(ContainerCronJobStatusBuilder.builder(cron.getStatus())
                    .observedSchedule(new ObservedSchedule(
                            cron.getSpec().schedule(), cron.getSpec().timeZone(), since))
                    .build());
            client.resource(cron).updateStatus();
        });
        // Of a status the operator is not told.
        edit(client, namespace, name, cron -> {
            cron.setSpec(ContainerCronJobSpecBuilder.builder(cron.getSpec())
                    .failedJobsHistoryLimit(cron.getSpec().failedJobsHistoryLimit() + 1)
                    .build());
            client.resource(cron).update();
        });
    }

    /** A change and its write. */
    public interface Edit {
        void apply(ContainerCronJob cron);
    }

    /** Once the operator has seen it, and until it is not in conflict with what the operator writes. */
    public static void edit(KubernetesClient client, String namespace, String name, Edit edit) {
        await().atMost(SOON).ignoreException(KubernetesClientException.class).until(() -> {
            var cron = get(client, namespace, name);
            var observed = cron.getStatus() == null ? null : cron.getStatus().observedGeneration();
            if (observed == null || observed < 1) {
                return false;
            }
            edit.apply(cron);
            return true;
        });
    }

    public static ContainerCronJob get(KubernetesClient client, String namespace, String name) {
        return client.resources(ContainerCronJob.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }
}
