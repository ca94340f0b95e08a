package dev.longshore.simulation;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshot.State;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The daemons, by their hosts, and what happens on them that no operator asked for. */
final class Daemons {
    private final Map<String, SimulatedDaemon> daemons = new LinkedHashMap<>();
    private final Schedule schedule;
    private final Faults faults;
    private final Invariants invariants;
    private final BiConsumer<String, ContainerEvent> onEvent;

    Daemons(Schedule schedule, Faults faults, Invariants invariants, BiConsumer<String, ContainerEvent> onEvent) {
        this.schedule = schedule;
        this.faults = faults;
        this.invariants = invariants;
        this.onEvent = onEvent;
    }

    void add(String host) {
        daemons.put(host, new SimulatedDaemon(host, schedule, faults, invariants, event -> {
            if (event.action().equals("die")) {
                exited(event.container());
            }
            onEvent.accept(host, event);
        }));
    }

    SimulatedDaemon of(String host) {
        return daemons.get(host);
    }

    Collection<SimulatedDaemon> all() {
        return daemons.values();
    }

    List<ContainerSnapshot> containers(State state) {
        return daemons.values().stream()
                .flatMap(daemon -> daemon.containers(state).stream())
                .toList();
    }

    private Optional<SimulatedDaemon> with(String container) {
        return daemons.values().stream()
                .filter(daemon -> daemon.inspectQuietly(container).isPresent())
                .findFirst();
    }

    private void exited(String container) {
        with(container)
                .flatMap(daemon -> daemon.inspectQuietly(container))
                .ifPresent(ended -> invariants.exited(ended.id(), ended.exitCode()));
    }

    void exit(String container, int code) {
        with(container).ifPresent(daemon -> daemon.exit(container, code));
    }

    /** Someone else starts a container that is about to be started, and it ends at once. */
    void startByHand(String container) {
        with(container).ifPresent(daemon -> {
            daemon.start(container);
            daemon.exit(container, 0);
        });
    }

    /** Someone starts a container again that has ended; what runs then is no attempt. */
    void restartByHand(String container) {
        with(container).ifPresent(daemon -> daemon.restart(container));
    }

    void destroyByHand(String container) {
        invariants.destroyedByHand(container);
        with(container).ifPresent(daemon -> daemon.destroy(container));
    }

    /** Someone removes all containers that were not started, as {@code docker container prune} does. */
    void prune(String host) {
        of(host).containers(State.CREATED).forEach(container -> destroyByHand(container.id()));
    }

    boolean haveRefusedLately() {
        return daemons.values().stream().anyMatch(daemon -> daemon.refusals.haveHappenedLately());
    }
}
