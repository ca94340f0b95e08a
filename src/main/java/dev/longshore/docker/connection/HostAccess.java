package dev.longshore.docker.connection;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerUnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Access to a host: its state, and calls on its daemon. From any thread, without waiting. */
public interface HostAccess {
    HostState state();

    /** For how long a daemon that was never reached so far has been tried; nothing for one that was. */
    default Optional<Duration> unreached() {
        return Optional.empty();
    }

    /**
     * The number of the subscription by which the daemon's events are received now, see {@link
     * HostListener#containerChanged}: while it is the same, none was missed. 0: there is none.
     */
    default long subscription() {
        return 0;
    }

    /**
     * Runs {@code work} on a thread of the host. The future fails with {@link DockerUnavailableException}, at once, while
     * the host is not ready.
     */
    <T> CompletableFuture<T> call(CallKind kind, Function<DockerEngine, T> work);

    /**
     * Pulls an image and returns its ID; requests for the same one with the same credentials share the pull. The
     * future is canceled once the image is {@linkplain PullRequest#unwanted() unwanted}.
     */
    CompletableFuture<String> pull(PullRequest request);
}
