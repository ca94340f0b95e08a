package dev.longshore.docker.dockerjava;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.ImagePlatform;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.ImageReference;
import dev.longshore.docker.transport.DockerHttp;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The images on one daemon. Safe for use by several threads. */
final class Images {
    private final DockerClient docker;
    private final DockerHttp http;
    private final String apiVersion;
    private final ImagePulling.Patience patience;
    private final KnownPlatforms platforms = new KnownPlatforms();

    /** @param http for pulls */
    Images(DockerClient docker, DockerHttp http, String apiVersion, ImagePulling.Patience patience) {
        this.docker = docker;
        this.http = http;
        this.apiVersion = apiVersion;
        this.patience = patience;
    }

    /** From a reference or an ID; nothing where there is no such image. */
    Optional<String> id(String reference) {
        try {
            return Optional.of(docker.inspectImageCmd(ImageReference.complete(reference))
                    .exec()
                    .getId());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    Optional<ImagePlatform> platform(String image) {
        var known = platforms.of(image);
        if (known.isPresent()) {
            return known;
        }
        try {
            var found = docker.inspectImageCmd(image).exec();
            return Optional.of(platforms.remember(image, new ImagePlatform(found.getOs(), found.getArch())));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the ID of the image.
     *
     * @param unwanted ends the pull when it is completed
     */
    String pull(ImagePull pull, CompletableFuture<Void> unwanted) {
        new ImagePulling(pull, patience).pull(http, apiVersion, unwanted);
        return id(pull.reference()).orElseThrow(() -> new DockerRefusedException("not found after the pull", null));
    }
}
