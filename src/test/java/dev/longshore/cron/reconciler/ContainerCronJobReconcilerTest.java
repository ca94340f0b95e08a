package dev.longshore.cron.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.engine.CronEngine;
import dev.longshore.cron.engine.CronReports;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What it says of jobs whose changes it sees. */
class ContainerCronJobReconcilerTest {
    @Test
    void aJobMayStartWhoeverConfirmedIt() {
        var startable = new ArrayList<JobKey>();
        try (var client = new KubernetesClientBuilder().build();
                var reconciler = new ContainerCronJobReconciler(
                        engine(), client, uid -> List.of(), () -> true, startable::add)) {
            reconciler.jobChanged(job("waiting", JobStore.UNCONFIRMED));
            assertThat(startable).isEmpty();
            reconciler.jobChanged(job("waiting"));
            reconciler.jobChanged(job("waiting"));
            reconciler.jobChanged(job("other"));
            assertThat(startable).containsExactly(new JobKey("team", "waiting", "waiting"));
        }
    }

    private static ContainerJob job(String name, String... finalizers) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName(name)
                .withUid(name)
                .withFinalizers(finalizers)
                .build());
        return job;
    }

    private static CronEngine engine() {
        var meter = new CronReports.Meter() {
            @Override
            public void missed(CronKey schedule, long times) {}

            @Override
            public void forget(CronKey schedule) {}
        };
        return new CronEngine(Moment::now, new CronReports((about, type, reason, message) -> {}, meter), () -> true);
    }
}
