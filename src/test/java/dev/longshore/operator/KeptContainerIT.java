package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.testing.NeedsDocker;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers of failed attempts that are kept for a look. */
@NeedsDocker
class KeptContainerIT {
    @TempDir
    private Path folder;

    private TestOperator operator;

    @BeforeEach
    void start() {
        operator = TestOperator.withArchive(folder);
        operator.createHost();
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private void awaitNoContainers(ContainerJob job) {
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(Containers.of(job)).isEmpty());
    }

    @Test
    void aFailedContainerIsKeptForAWhile() {
        operator.createJob("kept", """
                command: [sh, -c, 'exit 3']
                keepFailedSeconds: 4
                ttlSecondsAfterFinished: 0
                retry: {limit: 1, initialDelaySeconds: 1}
                """);

        var job = operator.awaitFinished("kept");

        assertThat(Containers.of(job)).hasSize(2);
        await().atMost(TestOperator.SOON).until(() -> operator.job("kept") == null);
        awaitNoContainers(job);
    }

    /** Its time to live is over when the next operator starts, which does not know yet what is there. */
    @Test
    void itIsKeptByTheNextOperatorToo() {
        operator.createJob("restarted", """
                command: [sh, -c, 'exit 3']
                keepFailedSeconds: 8
                ttlSecondsAfterFinished: 0
                """);
        var job = operator.awaitFinished("restarted");

        operator.restart();

        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(6))
                .until(() -> operator.job("restarted") != null
                        && !operator.job("restarted").isMarkedForDeletion()
                        && Containers.of(job).size() == 1);
        await().atMost(TestOperator.SOON).until(() -> operator.job("restarted") == null);
        awaitNoContainers(job);
    }
}
