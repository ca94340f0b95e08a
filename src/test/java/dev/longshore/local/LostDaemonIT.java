package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.docker.DockerJavaEngineFactory;
import dev.longshore.manifest.ManifestReader;
import dev.longshore.testing.FreezingRelay;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A daemon that goes away under a run. */
@NeedsDocker
class LostDaemonIT {
    private String instance;

    @AfterEach
    void removeWhatIsLeft(LocalDocker docker) {
        docker.removeAll("longshore.dev/instance=" + instance);
    }

    @Test
    @Timeout(30)
    void theRunEndsAndNamesTheContainerThatMayBeLeft() throws Exception {
        var manifests = new ManifestReader()
                .read(List.of("-"), new ByteArrayInputStream("""
                        apiVersion: longshore.dev/v1
                        kind: ContainerJob
                        metadata: {name: long}
                        spec:
                          template: {image: '%s', command: [sleep, '300']}
                        """.formatted(LocalDocker.IMAGE)
                        .getBytes(StandardCharsets.UTF_8)));
        var relay = new FreezingRelay();
        var options = new RunOptions(null, relay.endpoint(), Map.of());
        try (relay;
                var run = new LocalRun(
                        manifests,
                        options,
                        new DockerJavaEngineFactory(),
                        job -> closeOnceRunning(relay, job),
                        Duration.ofSeconds(1))) {
            instance = run.instance();
            var status = run.run().iterator().next().getStatus();
            assertThat(status.phase()).isEqualTo(JobPhase.RUNNING);
            assertThat(status.message())
                    .matches("given up after \\d+ s: the Docker daemon is unreachable: .*" + status.containerName()
                            + " may still be there");
        }
    }

    private static void closeOnceRunning(FreezingRelay relay, ContainerJob job) {
        if (job.getStatus().phase() == JobPhase.RUNNING) {
            try {
                relay.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
