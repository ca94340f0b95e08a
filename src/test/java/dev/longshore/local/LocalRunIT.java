package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.manifest.ManifestReader;
import dev.longshore.manifest.Manifests;
import dev.longshore.manifest.Purpose;
import dev.longshore.testing.FreezingRelay;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.StandInDaemon;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a run when a daemon or a registry does not do its part. */
@NeedsDocker
@Timeout(30)
class LocalRunIT {
    private String instance;

    @AfterEach
    void removeWhatIsLeft(LocalDocker docker) {
        docker.removeAll("longshore.dev/instance=" + instance);
    }

    private ContainerJobStatus run(String image, String endpoint, BiConsumer<LocalRun, ContainerJobStatus> progress)
            throws InterruptedException {
        var manifests = Manifests.of(
                new ManifestReader(Purpose.RUN).read(List.of("-"), new ByteArrayInputStream("""
                        apiVersion: longshore.dev/v1
                        kind: ContainerJob
                        metadata: {name: long}
                        spec:
                          template: {image: '%s', command: [sleep, '300']}
                        """.formatted(image)
                        .getBytes(StandardCharsets.UTF_8))));
        var options = new RunOptions(null, endpoint, Map.of());
        var self = new AtomicReference<LocalRun>();
        try (var run = new LocalRun(
                manifests,
                options,
                new DockerJavaEngineFactory(),
                job -> progress.accept(self.get(), job.getStatus()),
                RunSchedules.NONE,
                Duration.ofSeconds(1))) {
            self.set(run);
            instance = run.instance();
            return run.run().iterator().next().getStatus();
        }
    }

    @Test
    void aRunWhoseDaemonGoesAwayEndsAndNamesTheContainerThatMayBeLeft() throws Exception {
        try (var relay = new FreezingRelay()) {
            var status = run(LocalDocker.IMAGE, relay.endpoint(), (run, now) -> {
                if (now.phase() == JobPhase.RUNNING) {
                    close(relay);
                }
            });
            assertThat(status.phase()).isEqualTo(JobPhase.RUNNING);
            assertThat(status.message())
                    .matches("timed out after \\d+s: the Docker daemon is unreachable: .*" + status.containerName()
                            + " may still exist");
        }
    }

    @Test
    void cancellingDoesNotWaitForAPull(LocalDocker docker) throws Exception {
        try (var silent = new StandInDaemon(StandInDaemon.neverAnswers())) {
            var image = silent.endpoint().replace("tcp://", "") + "/never:1";
            var status = run(image, docker.endpoint().uri(), (run, now) -> {
                if (now.reason() == JobReason.PULLING_IMAGE) {
                    run.cancel();
                }
            });
            assertThat(status.phase()).isEqualTo(JobPhase.CANCELLED);
        }
    }

    private static void close(FreezingRelay relay) {
        try {
            relay.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
