package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.testing.StandInDaemon;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that do not answer as an API server should. */
class JobBatchIT {
    private static JobBatch.Outcome create(StandInDaemon.Answer answer) throws IOException, InterruptedException {
        try (var server = new StandInDaemon(answer)) {
            var config = new ConfigBuilder()
                    .withMasterUrl(server.endpoint().replace("tcp:", "http:"))
                    .withRequestRetryBackoffLimit(0)
                    .build();
            try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
                return new JobBatch(client).create(List.of(job()), job -> {});
            }
        }
    }

    private static ContainerJob job() {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withGenerateName("each-")
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder().build());
        return job;
    }

    @Test
    void aJobWhoseRequestIsCutMayHaveBeenCreated() throws IOException, InterruptedException {
        var outcome = create(StandInDaemon.raw(""));
        assertThat(outcome.unknown()).containsExactly(0);
        assertThat(outcome.missing()).isEmpty();
        assertThat(outcome.created()).isZero();
        assertThat(outcome.problem()).isNotNull();
    }

    @Test
    void oneThatIsRefusedWasNot() throws IOException, InterruptedException {
        var outcome = create(StandInDaemon.answers("403 Forbidden", "application/json", "{}"));
        assertThat(outcome.missing()).containsExactly(0);
        assertThat(outcome.unknown()).isEmpty();
        assertThat(outcome.created()).isZero();
    }
}
