package dev.longshore.docker.dockerjava;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotModifiedException;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DaemonDetails;
import dev.longshore.docker.DaemonDetailsBuilder;
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

/** {@link DockerEngine} by docker-java. */
final class DockerJavaEngine implements DockerEngine {
    private final DockerClients clients;
    private final DockerClient docker;
    private final DockerErrors errors;
    private final String apiVersion;
    private final EngineDialect dialect;
    private final DockerQuery query;
    private final DockerQuery streams;
    private final Snapshots snapshots;
    private final ContainerEnds ends;
    private final UnansweredCreations unanswered = new UnansweredCreations();
    private final ReadOnlyBinds binds;
    private final Images images;
    private final LogReader.Bounds logs;

    DockerJavaEngine(
            DockerClients clients,
            DockerErrors errors,
            String apiVersion,
            EngineDialect dialect,
            ReadOnlyBinds binds,
            ImagePulling.Patience pulls,
            LogReader.Bounds logs) {
        this.clients = clients;
        this.docker = clients.calls();
        this.errors = errors;
        this.query = new DockerQuery(clients.callsHttp(), apiVersion);
        this.streams = new DockerQuery(clients.streamsHttp(), apiVersion);
        this.snapshots = new Snapshots(query, errors.host());
        this.ends = new ContainerEnds(docker, snapshots, dialect);
        this.apiVersion = apiVersion;
        this.dialect = dialect;
        this.binds = binds;
        this.images = new Images(docker, query, clients.pullsHttp(), pulls);
        this.logs = logs;
    }

    @Override
    public EngineInfo info() {
        return errors.translate(() -> SystemInfo.read(query, dialect, clients.certificateEnd()));
    }

    @Override
    public DaemonDetails details() {
        return DaemonDetailsBuilder.builder(errors.translate(() -> Details.read(query, dialect)))
                .daemonsCertificateEnd(clients.daemonsCertificateEnd())
                .ownCertificateEnd(clients.ownCertificateEnd())
                .build();
    }

    @Override
    public void findInRegistry(String reference) {
        errors.translate(() -> images.findInRegistry(reference));
    }

    @Override
    public void ping() {
        errors.translate(() -> {
            docker.pingCmd().exec();
        });
    }

    @Override
    public Optional<LocalImage> image(String reference) {
        return errors.translate(() -> images.image(reference));
    }

    @Override
    public List<LocalImage> images() {
        return errors.translate(images::all);
    }

    @Override
    public Set<String> imagesOfContainers() {
        return errors.translate(snapshots::images);
    }

    @Override
    public void removeImage(String reference) {
        errors.translate(() -> images.remove(reference));
    }

    @Override
    public String pull(ImagePull pull, CompletableFuture<Void> unwanted) {
        return errors.translate(() -> images.pull(pull, unwanted));
    }

    @Override
    public ContainerSnapshot create(ContainerSpec spec) {
        return errors.translate(() -> new ContainerCreation(
                        docker,
                        query,
                        snapshots,
                        binds,
                        (id, path, most) -> file(id, path, most).found(),
                        unanswered)
                .create(spec));
    }

    @Override
    public void start(String container) {
        try {
            errors.translate(() -> {
                try {
                    docker.startContainerCmd(container).exec();
                } catch (NotModifiedException e) {
                    // It is running already.
                    return;
                }
            });
        } catch (DockerRefusedException e) {
            // Some daemons report only now that they cannot, and for such containers alone: the next one is created
            // without.
            binds.takeBack(e.getMessage());
            throw e;
        }
    }

    @Override
    public boolean missedEnd(String container, Instant end) {
        return errors.translate(() -> new PastEvents(query, streams).missesEnd(container, end));
    }

    @Override
    public Optional<ContainerSnapshot> inspect(String container) {
        return errors.translate(() -> snapshots.inspect(container).map(ContainerAnswer::snapshot));
    }

    @Override
    public List<ContainerSnapshot> list(Map<String, String> labels) {
        return errors.translate(() -> snapshots.list(labels));
    }

    @Override
    public LogTail logs(String container, LogRequest request) {
        try {
            return errors.translate(() -> new LogReader(streams, container, request, logs).read());
        } catch (DockerRefusedException e) {
            if (e.isNotImplemented()) {
                // The log driver keeps nothing that could be read.
                return LogTail.unreadable(e.getMessage());
            }
            throw e;
        }
    }

    @Override
    public LogStream openLog(String container, LogQuery query) {
        return errors.translate(() -> LogFrames.open(streams, container, query, dialect, errors));
    }

    @Override
    public Optional<ResourceSample> stats(String container) {
        return errors.translate(() -> ContainerStats.read(clients.callsHttp(), apiVersion, container));
    }

    @Override
    public FileContent file(String container, String path, int mostBytes) {
        return errors.translate(() -> ContainerFiles.read(clients.filesHttp(), apiVersion, container, path, mostBytes));
    }

    @Override
    public Optional<Map<String, byte[]>> files(String container, String folder, int mostBytes) {
        return errors.translate(
                () -> ContainerFiles.readAll(clients.filesHttp(), apiVersion, container, folder, mostBytes));
    }

    @Override
    public void kill(String container, String signal) {
        errors.translate(() -> ends.kill(container, signal));
    }

    @Override
    public void remove(String container) {
        errors.translate(() -> ends.remove(container));
    }

    @Override
    public boolean removeEnded(String container) {
        return errors.translate(() -> ends.removeEnded(container));
    }

    @Override
    public void events(
            Instant since,
            Map<String, String> labels,
            Duration quiet,
            Runnable onOpen,
            Consumer<ContainerEvent> onEvent) {
        errors.translate(() -> EventStream.follow(streams, since, labels, quiet, onOpen, onEvent));
    }

    @Override
    public void close() {
        clients.close();
    }
}
