package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
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

    static DockerEngine docker() {
        return DOCKER;
    }
}
