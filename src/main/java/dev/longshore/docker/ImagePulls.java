package dev.longshore.docker;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The pulls in progress on one host. */
final class ImagePulls {
    private final Map<ImagePull, CompletableFuture<String>> running = new ConcurrentHashMap<>();

    /** The pull of this image that is in progress with the same credentials, else a new one. */
    CompletableFuture<String> join(ImagePull image, Supplier<CompletableFuture<String>> pull) {
        var mine = new CompletableFuture<String>();
        var other = running.putIfAbsent(image, mine);
        if (other != null) {
            return other;
        }
        var unused = pull.get().whenComplete((id, failure) -> {
            running.remove(image);
            if (failure == null) {
                mine.complete(id);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }
}
