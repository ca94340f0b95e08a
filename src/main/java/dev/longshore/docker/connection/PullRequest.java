package dev.longshore.docker.connection;

import static java.util.Objects.requireNonNull;

import dev.longshore.docker.ImagePull;
import java.util.concurrent.CompletableFuture;

/**
 * Someone's wish for an image.
 *
 * @param tenant among whom a host's pulls are shared out
 * @param unwanted completed, by whoever asks, once the image is of no more use to them
 */
public record PullRequest(ImagePull image, String tenant, CompletableFuture<Void> unwanted) {
    public PullRequest {
        requireNonNull(image, "image is null");
        requireNonNull(tenant, "tenant is null");
        requireNonNull(unwanted, "unwanted is null");
    }
}
