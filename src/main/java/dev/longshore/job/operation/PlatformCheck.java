package dev.longshore.job.operation;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.ImagePlatform;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.connection.HostState;
import dev.longshore.job.HostKey;
import java.util.Optional;

/** Whether a container's image is of the platform that was asked for, else of the machine's own. */
record PlatformCheck(ImagePull image, HostKey host, HostState state) {
    /** In the words in which most daemons themselves refuse it; older ones do not look. */
    Optional<String> refusal(DockerEngine docker, ContainerSnapshot container) {
        if (image.platform() == null) {
            return Optional.empty();
        }
        return platform(docker, container)
                .filter(actual -> !actual.matches(ImagePlatform.parse(image.platform())))
                .map(actual -> "image with reference " + image.reference()
                        + " was found but does not match the specified platform: wanted " + image.platform()
                        + ", actual: " + actual);
    }

    /** Of an image that runs at most where the machine emulates another one, and that nobody asked for. */
    Optional<String> warning(DockerEngine docker, ContainerSnapshot container) {
        if (image.platform() != null || !(state instanceof HostState.Ready ready)) {
            return Optional.empty();
        }
        var machine = new ImagePlatform(ready.engine().os(), ready.engine().architecture());
        return platform(docker, container)
                .filter(actual -> !actual.runsOn(machine))
                .map(actual -> "image " + image.reference() + " is for " + actual + ", but DockerHost " + host + " is "
                        + machine + ": it fails or runs slowly unless the host emulates " + actual
                        + "; use an image for " + machine + ", or set platform to confirm");
    }

    private static Optional<ImagePlatform> platform(DockerEngine docker, ContainerSnapshot container) {
        try {
            return docker.platform(container.imageId());
        } catch (DockerException e) {
            // What is not known is no reason to make nothing of a container that is made.
            return Optional.empty();
        }
    }
}
