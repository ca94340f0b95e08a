package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A watch whose place in history the server, which answers as the test says, has forgotten. */
@EnableKubernetesMockClient
class ExpiredWatchIT {
    private static final String PATH = "/apis/longshore.dev/v1/namespaces/ns/containerjobs";

    private KubernetesMockServer server;
    private KubernetesClient client;

    private static ContainerJob job(String version, JobPhase phase) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("watched")
                .withUid("1")
                .withResourceVersion(version)
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder().build());
        job.setStatus(ContainerJobStatusBuilder.builder().phase(phase).build());
        return job;
    }

    @Test
    void theJobItselfIsLookedAtThen() throws InterruptedException, TimeoutException {
        var gone = new StatusBuilder().withCode(HttpURLConnection.HTTP_GONE).build();
        server.expect()
                .get()
                .withPath(PATH + "?allowWatchBookmarks=true&fieldSelector=metadata.name%3Dwatched&resourceVersion=7"
                        + "&watch=true")
                .andUpgradeToWebSocket()
                .open()
                .immediately()
                .andEmit(new WatchEvent(gone, "ERROR"))
                .done()
                .once();
        server.expect()
                .get()
                .withPath(PATH + "/watched")
                .andReturn(HttpURLConnection.HTTP_OK, job("900", JobPhase.COMPLETED))
                .once();
        try (var watch = new JobWatch(client, job("7", JobPhase.RUNNING), change -> {})) {
            assertThat(watch.await(Duration.ofSeconds(10)).getMetadata().getResourceVersion())
                    .isEqualTo("900");
        }
    }
}
