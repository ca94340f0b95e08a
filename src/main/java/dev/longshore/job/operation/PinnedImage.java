package dev.longshore.job.operation;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.ImageReference;
import dev.longshore.job.config.ImagePin;
import java.time.Duration;
import java.util.Optional;

/** The image by which a container is created, and the digest by which those of later attempts are. */
record PinnedImage(ImagePull image, ContainerTemplateSpec effective) {
    /** For what never changes. */
    static final Duration ANY_AGE = Duration.ofNanos(Long.MAX_VALUE);

    /** Someone may pull an image that was there without a digest. */
    private static final Duration WITHOUT_DIGEST = Duration.ofMinutes(1);

    /** Whether an earlier attempt has fixed it. */
    private boolean isPinned() {
        return !image.reference().equals(effective.image());
    }

    /**
     * The digest of what the container was created from; nothing where the daemon knows none, or it is fixed already. That the
     * daemon does not answer is a failure: nobody could say later which image this attempt had.
     *
     * @param isPulled whether the image was pulled for this attempt, and may have got its digest by that
     */
    Optional<String> digest(DockerEngine docker, ContainerSnapshot container, boolean isPulled) {
        if (isPinned() || container.imageId() == null || !ImageReference.isImageId(container.imageId())) {
            return Optional.empty();
        }
        try {
            var known = isPulled ? Optional.<String>empty() : digest(docker, container.imageId(), ANY_AGE);
            return known.or(() -> digest(docker, container.imageId(), isPulled ? Duration.ZERO : WITHOUT_DIGEST));
        } catch (DockerRefusedException e) {
            // The container is there all the same, and the next attempt uses the tag.
            return Optional.empty();
        }
    }

    private Optional<String> digest(DockerEngine docker, String id, Duration mostAge) {
        return docker.image(id, mostAge).flatMap(found -> ImagePin.digest(image.reference(), found));
    }

    /** What to do about a pull that failed, where the registry no longer has what an earlier attempt used. */
    String advice(String failure) {
        var isUnknown = failure.contains("not found") || failure.contains("manifest unknown");
        return isPinned() && isUnknown
                ? "; an earlier attempt used this image, and all attempts use the same one (status.imageDigest): push it to"
                        + " the registry again, or submit the job again to use " + effective.image() + " as it is now"
                : "";
    }
}
