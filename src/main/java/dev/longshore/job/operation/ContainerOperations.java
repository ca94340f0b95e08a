package dev.longshore.job.operation;

import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.job.Failure;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.HostRefusals;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.attempt.StopCause;
import dev.longshore.job.attempt.Stopping;
import dev.longshore.job.queue.Slots;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with a container that was created, each on a thread of its host: its outcome is the change of the state. */
record ContainerOperations(
        OwnContainers own, SharedState shared, Slots slots, HostRefusals refusals, Supplier<Moment> clock) {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerOperations.class);

    /** Invariant: only a container that was never started is started. */
    UnaryOperator<AttemptState> start(DockerEngine docker, String id) {
        var before = own.inspect(docker, id);
        if (before.filter(container -> container.state() == ContainerSnapshot.State.CREATED)
                .isEmpty()) {
            return observe(docker, id);
        }
        var since = clock.get().uptime();
        // If an earlier start had no answer, its effect is unknown.
        var isFirst = !id.equals(shared.state().start().sent());
        shared.update(state -> state.withStart(state.start().withSent(id)));
        try {
            docker.start(id);
        } catch (DockerRefusedException e) {
            var refused = new StartRefused(own, before.get(), isFirst, refusals, clock);
            return refused.by(e, docker, shared).orElseGet(() -> observe(docker, id));
        }
        refusals.started(own.host(), HostRefusals.Kind.of(own.job()));
        var change = observe(docker, id);
        return state -> {
            var observed = change.apply(state);
            return observed.withTiming(observed.timing().withRunningSince(since));
        };
    }

    UnaryOperator<AttemptState> observe(DockerEngine docker, String id) {
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
        if (found.isEmpty()) {
            return this::gone;
        }
        var container = found.get();
        var uid = job.getMetadata().getUid();
        if (container.state() == ContainerSnapshot.State.RUNNING) {
            // It may have been restarted by hand, and its slot released when it ended.
            slots.reserve(own.host(), uid);
            slots.removeForeign(own.host(), id);
        }
        if (container.state() == ContainerSnapshot.State.EXITED && JobPhases.bound(job)) {
            slots.releaseSlot(uid);
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
        var found = own.inspect(docker, id);
        if (found.filter(container -> container.state() == ContainerSnapshot.State.RUNNING)
                .isEmpty()) {
            // It ended by itself, and no event of that was received yet.
            return observe(docker, id);
        }
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
        return own.remove(docker, remove)
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
