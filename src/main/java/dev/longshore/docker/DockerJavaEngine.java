package dev.longshore.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** {@link DockerEngine} by docker-java. */
final class DockerJavaEngine implements DockerEngine {
    private static final int NOT_IMPLEMENTED = 501;

    private final DockerClients clients;
    private final DockerClient docker;
    private final DockerErrors errors;
    private final String apiVersion;
    private final ReadOnlyBinds binds;
    private final ImagePulling.Patience patience;

    DockerJavaEngine(
            DockerClients clients,
            DockerErrors errors,
            String apiVersion,
            ReadOnlyBinds binds,
            ImagePulling.Patience patience) {
        this.clients = clients;
        this.docker = clients.calls();
        this.errors = errors;
        this.apiVersion = apiVersion;
        this.binds = binds;
        this.patience = patience;
    }

    @Override
    public EngineInfo info() {
        return errors.translate(() -> {
            var info = docker.infoCmd().exec();
            return new EngineInfo(
                    info.getId(),
                    info.getServerVersion(),
                    apiVersion,
                    info.getOsType(),
                    info.getArchitecture(),
                    info.getNCPU() == null ? 0 : info.getNCPU(),
                    info.getMemTotal() == null ? 0 : info.getMemTotal());
        });
    }

    @Override
    public void ping() {
        errors.translate(() -> {
            docker.pingCmd().exec();
        });
    }

    @Override
    public Optional<String> imageId(String reference) {
        return errors.translate(() -> ImagePulling.imageId(docker, reference));
    }

    @Override
    public String pull(ImagePull pull, CompletableFuture<Void> unwanted) {
        return errors.translate(() -> {
            new ImagePulling(pull, patience).pull(clients.pullsHttp(), apiVersion, unwanted);
            return ImagePulling.imageId(docker, pull.reference())
                    .orElseThrow(
                            () -> new DockerRefusedException(0, "the daemon does not have it after the pull", null));
        });
    }

    @Override
    public ContainerSnapshot create(ContainerSpec spec) {
        return errors.translate(() -> new ContainerCreation(docker, binds).create(spec));
    }

    @Override
    public void start(String container) {
        try {
            errors.translate(() -> {
                try {
                    docker.startContainerCmd(container).exec();
                } catch (NotModifiedException e) {
                    // It runs.
                    return;
                }
            });
        } catch (DockerRefusedException e) {
            // Some find only now that they cannot: the next container is made without.
            binds.takeBack(e.getMessage());
            throw e;
        }
    }

    @Override
    public Optional<ContainerSnapshot> inspect(String container) {
        return errors.translate(() -> {
            try {
                return Optional.of(
                        Snapshots.of(docker.inspectContainerCmd(container).exec()));
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public List<ContainerSnapshot> list(Map<String, String> labels) {
        return errors.translate(
                () -> docker.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec().stream()
                        .map(Snapshots::of)
                        .toList());
    }

    @Override
    public LogTail logs(String container, LogRequest request) {
        try {
            return errors.translate(() -> LogReader.read(clients.streams(), container, request));
        } catch (DockerRefusedException e) {
            if (e.status() == NOT_IMPLEMENTED) {
                // The daemon's log driver keeps nothing that could be read.
                return new LogTail("", "", false);
            }
            throw e;
        }
    }

    @Override
    public LogStream openLog(String container, LogQuery query) {
        return errors.translate(() -> LogFrames.open(clients.streamsHttp(), apiVersion, container, query, errors));
    }

    @Override
    public Optional<ResourceSample> stats(String container) {
        return errors.translate(() -> ContainerStats.read(clients.callsHttp(), apiVersion, container));
    }

    @Override
    public Map<String, byte[]> files(String container, String folder) {
        return errors.translate(() -> ContainerFiles.read(docker, container, folder));
    }

    @Override
    public void kill(String container, String signal) {
        errors.translate(() -> {
            try {
                var found = docker.inspectContainerCmd(container).exec();
                if (Boolean.TRUE.equals(found.getState().getPaused())) {
                    // A signal would wait for someone to let it go on.
                    docker.unpauseContainerCmd(container).exec();
                }
                docker.killContainerCmd(container)
                        .withSignal(signal == null ? stopSignal(found) : signal)
                        .exec();
            } catch (NotFoundException | ConflictException e) {
                // It has ended meanwhile.
                return;
            }
        });
    }

    private static String stopSignal(InspectContainerResponse container) {
        // docker-java has no field for it, and keeps raw values at the top only.
        var config = container.getRawValues().get("Config");
        var signal = config instanceof Map<?, ?> fields ? fields.get("StopSignal") : null;
        return signal instanceof String named && !named.isEmpty() ? named : "SIGTERM";
    }

    @Override
    public void remove(String container) {
        errors.translate(() -> {
            try {
                docker.removeContainerCmd(container)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException e) {
                // It is gone.
                return;
            } catch (ConflictException e) {
                // Being removed by someone else.
                return;
            }
        });
    }

    @Override
    public void events(
            Instant since,
            Map<String, String> labels,
            Duration quiet,
            Runnable onOpen,
            Consumer<ContainerEvent> onEvent) {
        errors.translate(() -> EventStream.follow(clients.streams(), since, labels, quiet, onOpen, onEvent));
    }

    @Override
    public void close() {
        clients.close();
    }
}
