package dev.longshore.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.FileContent;
import dev.longshore.docker.IdleEngine;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.LocalImage;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.LogRequest;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.LogTail;
import dev.longshore.docker.ResourceSample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A Docker daemon as far as jobs can tell, in memory, with a clock that is minutes away from everyone else's. */
final class SimulatedDaemon extends IdleEngine {
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(-7);

    final String host;
    final Refusals refusals;
    final SimulatedImages images = new SimulatedImages();
    private final Schedule schedule;
    private final Faults faults;
    private final Witness witness;
    private final Consumer<ContainerEvent> onEvent;
    private int created;
    private final Map<String, ContainerSnapshot> containers = new LinkedHashMap<>();
    /** Containers that have ended while it was down. */
    final Set<String> missed = new HashSet<>();

    SimulatedDaemon(String host, Schedule schedule, Faults faults, Witness witness, Consumer<ContainerEvent> onEvent) {
        this.host = host;
        this.schedule = schedule;
        this.faults = faults;
        this.witness = witness;
        this.onEvent = onEvent;
        this.refusals = new Refusals(schedule);
    }

    List<ContainerSnapshot> containers(State state) {
        return containers.values().stream()
                .filter(container -> container.state() == state)
                .toList();
    }

    List<ContainerSnapshot> containers() {
        return List.copyOf(containers.values());
    }

    Optional<ContainerSnapshot> inspectQuietly(String id) {
        return Optional.ofNullable(containers.get(id));
    }

    /** A container that this operator has not made, or that the daemon makes up. */
    void inject(ContainerSnapshot container) {
        containers.put(container.id(), container);
    }

    void exit(String id, int code) {
        change(id, "die", next -> next.state(State.EXITED).exitCode(code).finishedAt(now()));
    }

    @Override
    public boolean missedEnd(String id, Instant end) {
        return missed.contains(id);
    }

    void restart(String id) {
        change(id, "start", next -> next.state(State.RUNNING).exitCode(null).finishedAt(null));
    }

    void destroy(String id) {
        var gone = containers.remove(id);
        if (gone != null) {
            onEvent.accept(new ContainerEvent(id, "destroy", now(), gone.labels()));
        }
    }

    private Instant now() {
        return schedule.now().time().plus(CLOCK_SKEW);
    }

    private void change(String id, String action, Consumer<ContainerSnapshotBuilder> change) {
        var next = ContainerSnapshotBuilder.builder(containers.get(id));
        change.accept(next);
        containers.put(id, next.build());
        onEvent.accept(new ContainerEvent(id, action, now(), containers.get(id).labels()));
    }

    @Override
    public ContainerSnapshot create(ContainerSpec spec) {
        return faults.around("create", () -> {
            refusals.mayRefuse("create", spec.labels());
            if (containers.values().stream().anyMatch(other -> other.name().equals(spec.name()))) {
                throw new DockerRefusedException(409, "the name is in use", null);
            }
            var id = host + "-" + created++;
            witness.created(id, spec);
            containers.put(
                    id,
                    ContainerSnapshotBuilder.builder()
                            .id(id)
                            .name(spec.name())
                            .imageId(images.idOf(spec.image()))
                            .state(State.CREATED)
                            .error("")
                            .labels(spec.labels())
                            .environment(spec.environment())
                            .networks(List.of())
                            .build());
            onEvent.accept(new ContainerEvent(id, "create", now(), spec.labels()));
            return containers.get(id);
        });
    }

    @Override
    public void start(String id) {
        witness.sent(id);
        faults.around("start", () -> {
            requireContainer(id);
            witness.signaled(containers.get(id));
            refusals.mayRefuse("start", containers.get(id).labels());
            if (containers.get(id).state() != State.RUNNING) {
                change(id, "start", next -> next.state(State.RUNNING).startedAt(now()));
                witness.started(
                        host, containers.get(id), containers(State.RUNNING).size());
            }
            return null;
        });
    }

    @Override
    public Optional<ContainerSnapshot> inspect(String idOrName) {
        return faults.around(
                "inspect",
                () -> containers.values().stream()
                        .filter(container -> container.id().equals(idOrName)
                                || container.name().equals(idOrName))
                        .findFirst());
    }

    @Override
    public List<ContainerSnapshot> list(Map<String, String> labels) {
        return faults.around(
                "list",
                () -> containers.values().stream()
                        .filter(container -> container.labels().entrySet().containsAll(labels.entrySet()))
                        .toList());
    }

    private void requireContainer(String id) {
        if (!containers.containsKey(id)) {
            throw new DockerRefusedException(404, "no such container", null);
        }
    }

    @Override
    public LogTail logs(String id, LogRequest request) {
        return faults.around("logs", () -> {
            requireContainer(id);
            return new LogTail("log of " + id, "", false);
        });
    }

    @Override
    public LogStream openLog(String container, LogQuery query) {
        return faults.around("open log", () -> {
            requireContainer(container);
            return new SimulatedLog(new LogEntry(false, now(), ("log of " + container + "\n").getBytes(UTF_8)));
        });
    }

    @Override
    public Optional<ResourceSample> stats(String id) {
        return faults.around(
                "stats",
                () -> Optional.ofNullable(containers.get(id))
                        .filter(container -> container.state() == State.RUNNING)
                        .map(container -> new ResourceSample(
                                1L << 20, Duration.between(container.startedAt(), now()), null, null)));
    }

    @Override
    public void kill(String id, String signal) {
        faults.around("kill", () -> {
            var container = containers.get(id);
            if (container != null && container.state() == State.RUNNING) {
                exit(id, signal == null ? 143 : 137);
            }
            return null;
        });
    }

    @Override
    public void remove(String id) {
        faults.around("remove", () -> removed(containers.get(id)));
    }

    @Override
    public boolean removeEnded(String id) {
        return faults.around("remove", () -> {
            var container = containers.get(id);
            return (container == null || container.state() != State.RUNNING) && removed(container);
        });
    }

    private boolean removed(ContainerSnapshot container) {
        if (container != null) {
            witness.removed(container);
            destroy(container.id());
        }
        return true;
    }

    @Override
    public Optional<LocalImage> image(String reference) {
        return faults.around("image", () -> images.find(reference));
    }

    @Override
    public String pull(ImagePull pull, CompletableFuture<Void> unwanted) {
        return faults.around("pull", () -> images.pull(pull.reference()));
    }

    @Override
    public FileContent file(String id, String path, int mostBytes) {
        return faults.around("file", () -> {
            requireContainer(id);
            return new FileContent(("result of " + id).getBytes(UTF_8), null);
        });
    }
}
