package dev.longshore.image;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.IdleEngine;
import dev.longshore.docker.LocalImage;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.connection.PullRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A host whose calls are done at once, and whose pulls end when the test says so. */
final class QuickHost implements HostAccess {
    /** IDs by tag. */
    final Map<String, String> images = new TreeMap<>();
    /** Tags that a container needs. */
    final Set<String> inUse = new HashSet<>();
    /** Pulls in progress. */
    final Map<String, CompletableFuture<String>> pulls = new TreeMap<>();
    /** The last one of each reference. */
    final Map<String, PullRequest> requests = new TreeMap<>();

    boolean ready = true;
    String id = "id";
    EngineInfo.Kind kind = EngineInfo.Kind.DOCKER;

    private final class Daemon extends IdleEngine {
        @Override
        public Optional<LocalImage> image(String reference) {
            return images().stream()
                    .filter(image -> image.tags().contains(reference))
                    .findFirst();
        }

        @Override
        public List<LocalImage> images() {
            return images.entrySet().stream()
                    .map(image -> new LocalImage(image.getValue(), List.of(image.getKey()), List.of(), null))
                    .toList();
        }

        @Override
        public Set<String> imagesOfContainers() {
            return Set.of();
        }

        @Override
        public void removeImage(String reference) {
            if (inUse.contains(reference)) {
                throw new DockerRefusedException(409, "conflict: container x is using its referenced image", null);
            }
            images.remove(reference);
        }
    }

    @Override
    public HostState state() {
        return ready
                ? new HostState.Ready(new EngineInfo(kind, id, "1", "1.41", "linux", "amd64", 1, 1, List.of(), null))
                : new HostState.Connecting();
    }

    @Override
    public <T> CompletableFuture<T> call(CallKind kind, Function<DockerEngine, T> work) {
        return CompletableFuture.completedFuture(work.apply(new Daemon()));
    }

    @Override
    public CompletableFuture<String> pull(PullRequest request) {
        requests.put(request.image().reference(), request);
        return pulls.computeIfAbsent(request.image().reference(), each -> new CompletableFuture<>());
    }
}
