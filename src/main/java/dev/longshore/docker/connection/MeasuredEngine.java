package dev.longshore.docker.connection;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DaemonDetails;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.FileContent;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.LocalImage;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.LogRequest;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.LogTail;
import dev.longshore.docker.ResourceSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Another engine, how long its calls take, and what is known of its images. A stream of events is no call. */
final class MeasuredEngine implements DockerEngine {
    private final DockerEngine engine;
    private final String host;
    private final DockerCalls calls;
    private final KnownImages known = new KnownImages(System::nanoTime);

    MeasuredEngine(DockerEngine engine, String host, DockerCalls calls) {
        this.engine = engine;
        this.host = host;
        this.calls = calls;
    }

    private <T> T measure(String call, Supplier<T> work) {
        var began = System.nanoTime();
        var outcome = DockerCalls.Outcome.UNAVAILABLE;
        try {
            var result = work.get();
            outcome = DockerCalls.Outcome.OK;
            return result;
        } catch (DockerRefusedException e) {
            outcome = DockerCalls.Outcome.REFUSED;
            throw e;
        } finally {
            calls.ended(host, call, outcome, Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private void measure(String call, Runnable work) {
        measure(call, () -> {
            work.run();
            return null;
        });
    }

    @Override
    public EngineInfo info() {
        return measure("info", engine::info);
    }

    @Override
    public DaemonDetails details() {
        return measure("details", engine::details);
    }

    @Override
    public void findInRegistry(String reference) {
        measure("find_in_registry", () -> engine.findInRegistry(reference));
    }

    @Override
    public void ping() {
        measure("ping", engine::ping);
    }

    @Override
    public Optional<LocalImage> image(String reference) {
        return measure("image", () -> engine.image(reference));
    }

    @Override
    public List<LocalImage> images() {
        return measure("images", engine::images);
    }

    @Override
    public Set<String> imagesOfContainers() {
        return measure("list", engine::imagesOfContainers);
    }

    @Override
    public void removeImage(String reference) {
        measure("remove_image", () -> engine.removeImage(reference));
    }

    @Override
    public Optional<LocalImage> image(String id, Duration mostAge) {
        return known.image(id, mostAge, () -> image(id));
    }

    @Override
    public String pull(ImagePull pull, CompletableFuture<Void> unwanted) {
        return measure("pull", () -> engine.pull(pull, unwanted));
    }

    @Override
    public ContainerSnapshot create(ContainerSpec spec) {
        return measure("create", () -> engine.create(spec));
    }

    @Override
    public void start(String container) {
        measure("start", () -> engine.start(container));
    }

    @Override
    public boolean missedEnd(String container, Instant end) {
        return measure("events", () -> engine.missedEnd(container, end));
    }

    @Override
    public Optional<ContainerSnapshot> inspect(String container) {
        return measure("inspect", () -> engine.inspect(container));
    }

    @Override
    public List<ContainerSnapshot> list(Map<String, String> labels) {
        return measure("list", () -> engine.list(labels));
    }

    @Override
    public LogTail logs(String container, LogRequest request) {
        return measure("logs", () -> engine.logs(container, request));
    }

    /** As long as someone reads it. */
    @Override
    public LogStream openLog(String container, LogQuery query) {
        return engine.openLog(container, query);
    }

    @Override
    public Optional<ResourceSample> stats(String container) {
        return measure("stats", () -> engine.stats(container));
    }

    @Override
    public FileContent file(String container, String path, int mostBytes) {
        return measure("files", () -> engine.file(container, path, mostBytes));
    }

    @Override
    public Optional<Map<String, byte[]>> files(String container, String folder, int mostBytes) {
        return measure("files", () -> engine.files(container, folder, mostBytes));
    }

    @Override
    public void kill(String container, String signal) {
        measure("kill", () -> engine.kill(container, signal));
    }

    @Override
    public void remove(String container) {
        measure("remove", () -> engine.remove(container));
    }

    @Override
    public boolean removeEnded(String container) {
        return measure("remove", () -> engine.removeEnded(container));
    }

    @Override
    public void events(
            Instant since,
            Map<String, String> labels,
            Duration quiet,
            Runnable onOpen,
            Consumer<ContainerEvent> onEvent) {
        engine.events(since, labels, quiet, onOpen, onEvent);
    }

    @Override
    public void close() {
        engine.close();
    }
}
