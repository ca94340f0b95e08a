package dev.longshore.operator;

import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.testing.LocalDocker;
import java.util.List;
import java.util.Map;

/** What this machine's daemon has. */
final class Containers {
    private static final DockerEngine DOCKER =
            new DockerJavaEngineFactory().connect(LocalDocker.shared().endpoint());

    private Containers() {}

    static List<ContainerSnapshot> of(ContainerJob job) {
        return DOCKER.list(Map.of("longshore.dev/job-uid", job.getMetadata().getUid()));
    }

    /** Sends SIGUSR1, which its program may not yet take, until it has exited. */
    static void end(ContainerJob job) {
        // Podman fails to signal one that exits meanwhile.
        await().atMost(TestOperator.SOON)
                .ignoreExceptionsInstanceOf(DockerException.class)
                .until(() -> {
                    var container = of(job).get(0);
                    if (container.state() == ContainerSnapshot.State.EXITED) {
                        return true;
                    }
                    DOCKER.kill(container.id(), "SIGUSR1");
                    return false;
                });
    }

    static DockerEngine docker() {
        return DOCKER;
    }
}
