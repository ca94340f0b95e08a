package dev.longshore.docker.dockerjava;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.ImageReference;
import dev.longshore.docker.LocalImage;
import dev.longshore.docker.transport.DockerHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The images on one daemon. Safe for use by several threads. */
final class Images {
    /** On the wire: an image may have labels that are long. They are skipped. */
    private static final long LARGEST_IMAGE = 64L << 20;

    /** Of what is kept: thousands of images with a few names each. As a whole, its time is limited, and not its bytes. */
    private static final long LARGEST_KEPT_LIST = 16L << 20;

    private static final long LARGEST_KEPT_IMAGE = 1L << 20;

    private final DockerClient docker;
    private final DockerQuery query;
    private final DockerHttp pulls;
    private final ImagePulling.Patience patience;

    Images(DockerClient docker, DockerQuery query, DockerHttp pulls, ImagePulling.Patience patience) {
        this.docker = docker;
        this.query = query;
        this.pulls = pulls;
        this.patience = patience;
    }

    /** From a reference or an ID; nothing where there is no such image. */
    Optional<LocalImage> image(String reference) {
        try {
            var answer = query.get(
                    "/images/" + inPath(reference) + "/json",
                    LARGEST_IMAGE,
                    json -> new ImageAnswer(json, new AnswerBudget("image", LARGEST_KEPT_IMAGE)));
            if (!answer.isReadable()) {
                throw new IllegalArgumentException("no image");
            }
            return Optional.of(answer.image());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** All of them, also those that are part of others. */
    List<LocalImage> all() {
        var budget = new AnswerBudget("image list", LARGEST_KEPT_LIST);
        var images = new ArrayList<LocalImage>();
        query.each("/images/json?all=1", budget, LARGEST_IMAGE, json -> {
            var image = new ImageAnswer(json, budget);
            if (image.isReadable()) {
                images.add(image.image());
            }
        });
        return images;
    }

    void remove(String reference) {
        try {
            docker.removeImageCmd(ImageReference.complete(reference))
                    .withForce(false)
                    .withNoPrune(true)
                    .exec();
        } catch (NotFoundException e) {
            // It is gone.
            return;
        }
    }

    /** The daemon's own request to the registry, without credentials. */
    void findInRegistry(String reference) {
        query.get("/distribution/" + inPath(reference) + "/json", LARGEST_IMAGE, json -> null);
    }

    /** A reference in full, with what separates its parts as it is. */
    private static String inPath(String reference) {
        return DockerQuery.encode(ImageReference.complete(reference))
                .replace("%2F", "/")
                .replace("%3A", ":")
                .replace("%40", "@");
    }

    /**
     * Returns the ID of the image.
     *
     * @param unwanted ends the pull when it is completed
     */
    String pull(ImagePull pull, CompletableFuture<Void> unwanted) {
        new ImagePulling(pull, patience).pull(pulls, query.apiVersion(), unwanted);
        return image(pull.reference())
                .orElseThrow(() -> new DockerRefusedException("not found after the pull", null))
                .id();
    }
}
