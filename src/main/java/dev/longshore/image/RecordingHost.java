package dev.longshore.image;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.connection.PullRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host whose pulls are recorded: before each, a thread of the host looks whether the reference is there.
 *
 * @param recorded receives the ID of an image that was pulled; returns at once
 */
record RecordingHost(HostAccess host, PullRecord record, Consumer<String> recorded) implements HostAccess {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingHost.class);

    @Override
    public HostState state() {
        return host.state();
    }

    @Override
    public Optional<Duration> unreached() {
        return host.unreached();
    }

    @Override
    public long subscription() {
        return host.subscription();
    }

    @Override
    public <T> CompletableFuture<T> call(CallKind kind, Function<DockerEngine, T> work) {
        return host.call(kind, work);
    }

    @Override
    public CompletableFuture<String> pull(PullRequest request) {
        var reference = request.image().reference();
        return host.call(CallKind.OBSERVE, docker -> before(docker, reference))
                .thenCompose(before -> host.pull(request).thenApply(id -> {
                    if (before.isPresent() && !record.pulled(reference, before.get(), id)) {
                        LOG.warn(
                                "image {} is not recorded, and so not removed: there are {} already",
                                reference,
                                PullRecord.MOST);
                    }
                    recorded.accept(id);
                    return id;
                }));
    }

    /** Nothing where the image is somebody else's, whatever is pulled, or a daemon does not say what it has. */
    private Optional<LocalImages> before(DockerEngine docker, String reference) {
        try {
            return record.has(reference) || docker.image(reference).isEmpty()
                    ? Optional.of(new LocalImages(docker.images()))
                    : Optional.empty();
        } catch (DockerRefusedException e) {
            return Optional.empty();
        }
    }
}
