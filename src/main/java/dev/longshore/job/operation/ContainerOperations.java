package dev.longshore.job.operation;

import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.job.Failure;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.HostRefusals;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.attempt.StopCause;
import dev.longshore.job.attempt.Stopping;
import dev.longshore.job.queue.Room;
import dev.longshore.job.queue.Slots;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with a container that was created, each on a thread of its host: its outcome is the change of the state.
 *
 * @param rooms what a container holds of a host
 * @param isWanted whether a container may still be started for the job: asked when it is the call's turn, which may be long after
 *     it was planned
 * @param isSurelyNotStarted whether nobody can have started the container of this ID, by what this process knows now
 */
record ContainerOperations(
        OwnContainers own,
        SharedState shared,
        Slots slots,
        BiFunction<HostKey, ContainerSnapshot, Room> rooms,
        HostRefusals refusals,
        Supplier<Moment> clock,
        BooleanSupplier isWanted,
        Predicate<String> isSurelyNotStarted) {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerOperations.class);
    private static final int LOST_EXIT = 255;

    /** Invariant: only a container that was never started is started. Most need not be inspected for that (ADR 11). */
    UnaryOperator<AttemptState> start(DockerEngine docker, String id) {
        if (!isWanted.getAsBoolean()) {
            return UnaryOperator.identity();
        }
        var known = created(id);
        if (known.isPresent() && isSurelyNotStarted.test(id)) {
            return start(docker, known.get(), true);
        }
        return inspected(
                docker,
                id,
                found -> found.state() == ContainerSnapshot.State.CREATED
                        ? start(docker, found, false)
                        : observed(found));
    }

    /** As the daemon described it in answer to its creation. */
    private Optional<ContainerSnapshot> created(String id) {
        return shared.state()
                .observation()
                .unchanged(own.host(), id)
                .filter(container ->
                        container.state() == ContainerSnapshot.State.CREATED && own.isOfAttempt(container));
    }

    /** @param isUnseen whether the container was not inspected for this */
    private UnaryOperator<AttemptState> start(DockerEngine docker, ContainerSnapshot before, boolean isUnseen) {
        var id = before.id();
        // If an earlier start had no answer, its effect is unknown.
        var isFirst = !id.equals(shared.state().start().sent());
        // Its end, which may be received before the answer, makes the state stale.
        shared.update(state -> state.observing().withStart(state.start().withSent(id)));
        try {
            docker.start(id);
        } catch (DockerRefusedException e) {
            var now = isUnseen ? own.inspect(docker, id).orElse(before) : before;
            var refused = new StartRefused(own, now, isFirst, refusals, clock);
            return refused.by(e, docker, shared).orElseGet(() -> observe(docker, id));
        }
        refusals.started(own.host(), HostRefusals.Kind.of(own.job()));
        runs(before);
        // Before the answer the daemon may have been busy with others.
        var since = clock.get().uptime();
        return state -> {
            var started = state.started(own.host(), before);
            return started.withTiming(started.timing().withRunningSince(since));
        };
    }

    private void runs(ContainerSnapshot container) {
        // It may have been restarted by hand, and its slot released when it ended.
        slots.reserve(own.host(), JobKey.of(own.job()), rooms.apply(own.host(), container));
        slots.on(own.host()).removeForeign(container.id());
    }

    UnaryOperator<AttemptState> observe(DockerEngine docker, String id) {
        return inspected(docker, id, found -> observed(withLostExit(docker, found)));
    }

    /**
     * A daemon that was restarted and finds a container ended, whose exit code it has lost, says 255 of it. That looks as if the
     * container had exited with this code itself, except that there is no event of it. There is none either of one that had exited just before the
     * restart and was not observed, which looks the same: the message says what may be. A daemon that has had so many events since that
     * it may have forgotten this one is believed.
     */
    private ContainerSnapshot withLostExit(DockerEngine docker, ContainerSnapshot found) {
        var ended = found.finishedAt();
        if (found.exitCode() == null
                || found.exitCode() != LOST_EXIT
                || ended == null
                || shared.state().start().wasObservedToEnd(own.host(), found.id())) {
            return found;
        }
        try {
            var isLost = docker.missedEnd(found.id(), ended);
            return ContainerSnapshotBuilder.builder(found).exitUncertain(isLost).build();
        } catch (DockerException e) {
            // The result is not held back for it.
            LOG.debug("{}: no events: {}", found.id(), e.getMessage());
            return found;
        }
    }

    /** @param next what follows if there is such a container of the job's */
    private UnaryOperator<AttemptState> inspected(
            DockerEngine docker, String id, Function<ContainerSnapshot, UnaryOperator<AttemptState>> next) {
        // What happens after this moment makes the state stale again.
        shared.update(AttemptState::observing);
        var job = own.job();
        Optional<ContainerSnapshot> found;
        try {
            found = own.inspect(docker, id);
        } catch (OwnContainers.Foreign e) {
            if (!JobPhases.bound(job)) {
                // Pre-created, and not what it was: it is created again.
                return this::gone;
            }
            var failure = new Failure(
                    JobReason.CONTAINER_LOST, e.getMessage(), job.getStatus().effective());
            return state -> gone(state).withFailure(failure);
        }
        return found.map(next).orElse(this::gone);
    }

    private UnaryOperator<AttemptState> observed(ContainerSnapshot container) {
        if (container.state() == ContainerSnapshot.State.RUNNING) {
            runs(container);
        }
        if (container.state() == ContainerSnapshot.State.EXITED && JobPhases.bound(own.job())) {
            slots.releaseSlot(own.job().getMetadata().getUid());
        }
        return state -> state.observed(own.host(), container);
    }

    UnaryOperator<AttemptState> stop(DockerEngine docker, Operation.Stop stop) {
        return signal(docker, stop.container(), null, stop.cause());
    }

    UnaryOperator<AttemptState> kill(DockerEngine docker, Operation.Kill kill) {
        return signal(docker, kill.container(), "SIGKILL", kill.cause());
    }

    /** @param signal null: the container's own stop signal */
    private UnaryOperator<AttemptState> signal(DockerEngine docker, String id, String signal, StopCause cause) {
        return inspected(
                docker,
                id,
                found -> found.state() == ContainerSnapshot.State.RUNNING
                        ? signaled(docker, id, signal, cause)
                        // It ended by itself, and no event of that was received yet.
                        : observed(found));
    }

    private UnaryOperator<AttemptState> signaled(DockerEngine docker, String id, String signal, StopCause cause) {
        var sent = signal;
        try {
            docker.kill(id, sent);
        } catch (DockerRefusedException e) {
            // Such as a stop signal that the daemon does not know: it has to stop all the same.
            LOG.info("{}: signal refused, sending SIGKILL: {}", id, e.getMessage());
            sent = "SIGKILL";
            docker.kill(id, sent);
        }
        var stopping = new Stopping(cause, clock.get().uptime(), sent != null);
        return state -> state.withStopping(stopping);
    }

    UnaryOperator<AttemptState> remove(DockerEngine docker, Operation.Remove remove) {
        var known = shared.state().observation().unchanged(own.host(), remove.container());
        return own.remove(docker, remove, known)
                .<UnaryOperator<AttemptState>>map(left -> state ->
                        state.withPrepared(null).observed(own.host(), left).markedStale())
                .orElse(this::gone);
    }

    UnaryOperator<AttemptState> removeAll(DockerEngine docker, Operation.RemoveAll remove, EndedLogs logs) {
        var all = own.removeAll(docker, container -> remove.keepOwed() && logs.owes(own.job(), own.host(), container));
        return all ? state -> gone(state).cleaned() : UnaryOperator.identity();
    }

    private AttemptState gone(AttemptState state) {
        return state.gone(clock.get());
    }
}
