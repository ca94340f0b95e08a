package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.HostReference;
import dev.longshore.api.JobPhase;
import dev.longshore.api.LocalReference;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job is followed to its end, whatever happens to the connection and to the job. */
@NeedsApiServer
class JobWatchIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private KubernetesClient client;
    private String namespace;
    private final Queue<JobPhase> received = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void namespace(ApiServer server) {
        server.installCrds();
        client = server.client();
        namespace = server.namespace();
    }

    private ContainerJob create() {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("watched")
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder()
                .templateRef(new LocalReference("import"))
                .hostRef(new HostReference("local", null))
                .build());
        return client.resource(job).create();
    }

    private void reaches(JobPhase phase) {
        var job = client.resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName("watched")
                .get();
        job.setStatus(ContainerJobStatusBuilder.builder().phase(phase).build());
        client.resource(job).updateStatus();
    }

    /** But for the status that it is created with. */
    private void note(ContainerJob job) {
        if (job.getStatus().observedGeneration() == null) {
            received.add(job.getStatus().phase());
        }
    }

    @Test
    void eachChangeIsToldInOrderUntilTheEnd() throws InterruptedException, TimeoutException {
        try (var watch = new JobWatch(client, create(), this::note)) {
            reaches(JobPhase.PENDING);
            reaches(JobPhase.RUNNING);
            reaches(JobPhase.FAILED);
            assertThat(watch.await(SOON).getStatus().phase()).isEqualTo(JobPhase.FAILED);
            assertThat(received).containsExactly(JobPhase.PENDING, JobPhase.RUNNING, JobPhase.FAILED);
        }
    }

    @Test
    void aJobThatIsDeletedOnceItHasFinishedHasFinished() throws InterruptedException, TimeoutException {
        var job = create();
        reaches(JobPhase.COMPLETED);
        client.resource(job).delete();
        try (var watch = new JobWatch(client, job, this::note)) {
            assertThat(watch.await(SOON).getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        }
    }

    @Test
    void aJobThatIsDeletedBeforeIsNotWaitedForAndNorIsTheNextOfItsName() {
        var job = create();
        try (var watch = new JobWatch(client, job, this::note)) {
            client.resource(job).delete();
            create();
            assertThatThrownBy(() -> watch.await(SOON))
                    .hasMessage("ContainerJob " + namespace + "/watched was deleted before it finished");
        }
    }

    @Test
    void aWatchThatIsCutGoesOn(ApiServer server) throws IOException, InterruptedException, TimeoutException {
        var job = create();
        try (var relay = new CuttingRelay(server.client().getMasterUrl().getPort());
                var relayed = new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder(server.client().getConfiguration())
                                .withMasterUrl("https://127.0.0.1:" + relay.port())
                                .withWatchReconnectInterval(50)
                                .withRequestRetryBackoffLimit(0)
                                .build())
                        .build();
                var watch = new JobWatch(relayed, job, this::note)) {
            reaches(JobPhase.RUNNING);
            await().atMost(SOON).until(() -> received.contains(JobPhase.RUNNING));
            var before = relay.connections();
            relay.cut();
            await().atMost(SOON).until(() -> relay.connections() > before);
            reaches(JobPhase.COMPLETED);
            assertThat(watch.await(SOON).getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
            assertThat(received).containsExactly(JobPhase.RUNNING, JobPhase.COMPLETED);
        }
    }
}
