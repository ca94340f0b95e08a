package dev.longshore.job.operation;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.ImagePlatform;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.LocalImage;
import dev.longshore.docker.connection.HostState;
import dev.longshore.job.HostKey;
import java.util.Optional;

/** Whether a container's image is of the requested platform, or else of the machine's own. */
record PlatformCheck(ImagePull image, HostKey host, HostState state) {
    /**
     * The message with which most daemons refuse it themselves; older ones do not check. Those whose images may have several
     * platforms do, and of such an image it is not known which one the container has.
     */
    Optional<String> refusal(DockerEngine docker, ContainerSnapshot container) {
        if (image.platform() == null) {
            return Optional.empty();
        }
        return image(docker, container)
                .filter(found -> !found.isNamedByManifest())
                .map(LocalImage::platform)
                .filter(actual -> !actual.matches(ImagePlatform.parse(image.platform())))
                .map(actual -> "image with reference " + image.reference()
                        + " was found but does not match the specified platform: wanted " + image.platform()
                        + ", actual: " + actual);
    }

    /** For an image that runs only if the machine emulates its platform, where the job sets no platform. */
    Optional<String> warning(DockerEngine docker, ContainerSnapshot container) {
        if (image.platform() != null || !(state instanceof HostState.Ready ready)) {
            return Optional.empty();
        }
        var machine = new ImagePlatform(ready.engine().os(), ready.engine().architecture());
        return image(docker, container)
                .map(LocalImage::platform)
                .filter(actual -> !actual.runsOn(machine))
                .map(actual -> "image " + image.reference() + " is for " + actual + ", but DockerHost " + host + " is "
                        + machine + ": it fails or runs slowly unless the host emulates " + actual
                        + "; use an image for " + machine + ", or set platform to confirm");
    }

    private static Optional<LocalImage> image(DockerEngine docker, ContainerSnapshot container) {
        try {
            return container.imageId() == null
                    ? Optional.empty()
                    : docker.image(container.imageId(), PinnedImage.ANY_AGE);
        } catch (DockerException e) {
            // Without an answer the created container is used.
            return Optional.empty();
        }
    }
}
