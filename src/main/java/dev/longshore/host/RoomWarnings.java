package dev.longshore.host;

import dev.longshore.api.Allocatable;
import dev.longshore.api.AllocatableBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.EngineStatus;
import dev.longshore.api.EngineStatusBuilder;
import dev.longshore.api.EventSink;
import io.fabric8.kubernetes.api.model.Quantity;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Warns where {@code allocatable} of a host is probably a mistake: more than its daemon has, or a GPU that another host lists.
 * It holds all the same: a daemon may know a smaller cgroup only. Each Event is recorded when what it says changes, and by a new
 * process once more. Those of a host are recorded by whoever reconciles it.
 */
final class RoomWarnings {
    static final String EXCEEDS_ENGINE = "AllocatableExceedsEngine";
    static final String DUPLICATE_GPUS = "DuplicateGPUs";

    private final EventSink events;
    private final Consumer<ResourceID> enqueue;
    private final SharedGpus gpus = new SharedGpus();
    private final Map<ResourceID, String> excess = new ConcurrentHashMap<>();
    private final Map<ResourceID, String> duplicates = new ConcurrentHashMap<>();

    /** @param enqueue has a host reconciled whose warning another one changes */
    RoomWarnings(EventSink events, Consumer<ResourceID> enqueue) {
        this.events = events;
        this.enqueue = enqueue;
    }

    /** Takes a host with the status that it has now. */
    void reconciled(DockerHost host) {
        var id = ResourceID.fromResource(host);
        var allocatable = Optional.ofNullable(host.getSpec().allocatable())
                .orElseGet(() -> AllocatableBuilder.builder().build());
        var engine = Optional.ofNullable(host.getStatus())
                .flatMap(status -> Optional.ofNullable(status.engine()))
                .orElseGet(() -> EngineStatusBuilder.builder().build());
        warn(host, excess, EXCEEDS_ENGINE, excess(allocatable, engine));
        var known = engine.id() != null && !engine.id().isEmpty() && allocatable.gpus() != null;
        gpus.observed(id, known ? engine.id() : "", known ? allocatable.gpus() : List.of())
                .forEach(enqueue);
        warn(host, duplicates, DUPLICATE_GPUS, gpus.warning(id));
    }

    void forget(DockerHost host) {
        var id = ResourceID.fromResource(host);
        excess.remove(id);
        duplicates.remove(id);
        gpus.forget(id).forEach(enqueue);
    }

    private void warn(DockerHost host, Map<ResourceID, String> recorded, String reason, Optional<String> message) {
        var id = ResourceID.fromResource(host);
        if (message.isEmpty()) {
            recorded.remove(id);
        } else if (!message.get().equals(recorded.put(id, message.get()))) {
            events.record(host, EventSink.Type.WARNING, reason, message.get());
        }
    }

    private static Optional<String> excess(Allocatable allocatable, EngineStatus engine) {
        var cpus = engine.cpus() == null ? null : new Quantity(engine.cpus().toString());
        var excess = Stream.concat(
                        excess("cpu", allocatable.cpu(), cpus), excess("memory", allocatable.memory(), engine.memory()))
                .collect(Collectors.joining("; "));
        return Optional.of(excess).filter(some -> !some.isEmpty());
    }

    /** @param reported null or 0 where the daemon does not know it */
    private static Stream<String> excess(String resource, Quantity allocatable, Quantity reported) {
        if (allocatable == null || reported == null) {
            return Stream.empty();
        }
        var most = reported.getNumericalAmount();
        return most.signum() > 0 && allocatable.getNumericalAmount().compareTo(most) > 0
                ? Stream.of("allocatable.%s %s is more than the daemon reports (%s)"
                        .formatted(resource, allocatable, resource.equals("memory") ? mebibytes(most) : reported))
                : Stream.empty();
    }

    private static String mebibytes(BigDecimal bytes) {
        return (bytes.longValue() >> 20) + "Mi";
    }
}
