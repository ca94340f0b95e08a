package dev.longshore.docker;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A daemon on which there is nothing and to which nothing happens. */
public class IdleEngine implements DockerEngine {
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    @Override
    public EngineInfo info() {
        return new EngineInfo(
                EngineInfo.Kind.DOCKER, "id", "20.10.24", "1.41", "linux", "x86_64", 2, 1L << 30, List.of(), null);
    }

    @Override
    public DaemonDetails details() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void findInRegistry(String reference) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void ping() {}

    @Override
    public List<ContainerSnapshot> list(Map<String, String> labels) {
        return List.of();
    }

    @Override
    public void events(
            Instant since,
            Map<String, String> labels,
            Duration quiet,
            Runnable onOpen,
            Consumer<ContainerEvent> onEvent) {
        onOpen.run();
        closed.join();
    }

    @Override
    public void close() {
        closed.complete(null);
    }

    @Override
    public Optional<LocalImage> image(String reference) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<LocalImage> images() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> imagesOfContainers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void removeImage(String reference) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String pull(ImagePull pull, CompletableFuture<Void> unwanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ContainerSnapshot create(ContainerSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start(String container) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ContainerSnapshot> inspect(String container) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogTail logs(String container, LogRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogStream openLog(String container, LogQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<ResourceSample> stats(String container) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileContent file(String container, String path, int mostBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Map<String, byte[]>> files(String container, String folder, int mostBytes) {
        return Optional.of(Map.of());
    }

    @Override
    public void kill(String container, String signal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(String container) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean removeEnded(String container) {
        throw new UnsupportedOperationException();
    }
}
