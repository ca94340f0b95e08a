package dev.longshore.simulation;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostListener;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.connection.PullRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One operator's connection to a daemon: calls are done some time later, in any order; events come if they are heard. */
final class SimulatedHost implements HostAccess {
    private static final Duration PULL = Duration.ofSeconds(20);

    final SimulatedDaemon daemon;
    private final Schedule schedule;
    private final Runnable onKilled;
    private HostListener listener;
    private HostState state = new HostState.Connecting();
    /** In order, as they come. */
    private final Queue<ContainerEvent> pending = new ArrayDeque<>();
    /** 0: there is none. */
    private long subscription;

    private long subscriptions;

    private final Duration triedSince;
    private boolean reached;
    private boolean deaf;
    private boolean dead;

    SimulatedHost(SimulatedDaemon daemon, Schedule schedule, Runnable onKilled) {
        this.daemon = daemon;
        this.schedule = schedule;
        this.onKilled = onKilled;
        this.triedSince = schedule.now().uptime();
    }

    void listener(HostListener received) {
        listener = received;
    }

    /** Nothing reaches the operator any more, which was killed. */
    void die() {
        dead = true;
    }

    /** As after each (re)connect: subscribed, listed, then ready. */
    void connect() {
        deaf = false;
        // What was not delivered by the last subscription is not replayed here.
        pending.clear();
        subscription = ++subscriptions;
        listener.listed(daemon.containers().stream().map(SimulatedHost::inList).toList());
        schedule.soon(() -> {
            if (!dead) {
                state = new HostState.Ready(daemon.info());
                reached = true;
                schedule.soon(this::reportState);
            }
        });
    }

    private static ContainerSnapshot inList(ContainerSnapshot container) {
        return ContainerSnapshotBuilder.builder(container)
                .exitCode(null)
                .oomKilled(false)
                .error("")
                .startedAt(null)
                .finishedAt(null)
                .environment(Map.of())
                .networks(List.of())
                .build();
    }

    private void reportState() {
        if (!dead) {
            listener.stateChanged();
        }
    }

    void lose() {
        pending.clear();
        subscription = 0;
        state = new HostState.Down(DockerUnavailableException.Cause.UNREACHABLE, "cut");
        listener.stateChanged();
    }

    /** The event stream hangs, and no one has noticed yet. */
    void goDeaf() {
        deaf = true;
    }

    boolean isReady() {
        return state.isReady();
    }

    void received(ContainerEvent event) {
        if (subscription == 0 || deaf) {
            return;
        }
        var by = subscription;
        pending.add(event);
        schedule.soon(() -> {
            if (!dead && by == subscription && !pending.isEmpty()) {
                listener.containerChanged(pending.remove(), by);
            }
        });
    }

    @Override
    public HostState state() {
        return state;
    }

    @Override
    public Optional<Duration> unreached() {
        return reached ? Optional.empty() : Optional.of(schedule.now().uptime().minus(triedSince));
    }

    @Override
    public long subscription() {
        return subscription;
    }

    @Override
    public <T> CompletableFuture<T> call(CallKind kind, Function<DockerEngine, T> work) {
        var result = new CompletableFuture<T>();
        schedule.soon(() -> {
            if (dead) {
                return;
            }
            if (!state.isReady()) {
                result.completeExceptionally(unavailable());
                return;
            }
            T value;
            try {
                value = work.apply(daemon);
            } catch (Faults.Killed e) {
                onKilled.run();
                return;
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
                return;
            }
            result.complete(value);
        });
        return result;
    }

    @Override
    public CompletableFuture<String> pull(PullRequest request) {
        var pulled = new CompletableFuture<String>();
        schedule.in(
                PULL,
                () -> call(CallKind.CREATE, docker -> docker.pull(request.image(), request.unwanted()))
                        .whenComplete((id, failure) -> {
                            if (failure == null) {
                                pulled.complete(id);
                            } else {
                                pulled.completeExceptionally(failure);
                            }
                        }));
        request.unwanted()
                .thenRun(
                        () -> schedule.soon(() -> pulled.completeExceptionally(new CancellationException("unwanted"))));
        return pulled;
    }

    static DockerUnavailableException unavailable() {
        return new DockerUnavailableException(DockerUnavailableException.Cause.UNREACHABLE, "cut", null);
    }
}
