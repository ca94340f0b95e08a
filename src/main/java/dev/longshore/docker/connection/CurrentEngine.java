package dev.longshore.docker.connection;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.EngineInfo;
import java.time.Duration;
import java.util.Optional;

/**
 * Which endpoint a connection wants, which engine it has, and what is known of the daemon. Every method is atomic; those
 * that change the state say whether they did.
 */
final class CurrentEngine {
    /** No daemon is upgraded more often. */
    private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(30);

    private Endpoint endpoint;
    private DockerEngine engine;
    private HostState state = new HostState.Connecting();
    /** By which events of the engine are received; 0: by none. */
    private long subscription;

    /** Connecting is due at once: the endpoint was not tried yet, or its daemon has changed. */
    private boolean fresh = true;

    private long triedSince = System.nanoTime();
    private boolean reached;

    private boolean closed;
    private boolean renewed;
    private long lastRenewed;

    CurrentEngine(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    synchronized HostState state() {
        return state;
    }

    synchronized Optional<Duration> unreached() {
        return reached ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - triedSince));
    }

    synchronized long subscription() {
        return subscription;
    }

    /** @param number 0: the last one has ended */
    synchronized void subscribed(DockerEngine of, long number) {
        if (engine == of) {
            subscription = number;
        }
    }

    synchronized Endpoint endpoint() {
        return endpoint;
    }

    synchronized void use(Endpoint changed) {
        if (!endpoint.equals(changed)) {
            endpoint = changed;
            fresh = true;
            state = new HostState.Connecting();
            triedSince = System.nanoTime();
            reached = false;
            drop();
            notifyAll();
        }
    }

    /** Waits as long as {@code backoff} says, less if another endpoint is wanted; false once this is closed. */
    synchronized boolean awaitTurn(Backoff backoff) {
        var until = System.nanoTime() + (fresh ? Duration.ZERO : backoff.next()).toNanos();
        while (!closed && !fresh && until - System.nanoTime() > 0) {
            try {
                wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                // Nobody has a reason to: only close() ends the waiting thread.
                continue;
            }
        }
        fresh = false;
        return !closed;
    }

    /** Takes a new connection, unless it is no longer the one that is wanted. */
    synchronized boolean take(Endpoint from, DockerEngine connected) {
        if (closed || !from.equals(endpoint)) {
            return false;
        }
        engine = connected;
        return true;
    }

    synchronized boolean is(DockerEngine other) {
        return engine == other;
    }

    synchronized DockerEngine ready() {
        if (engine != null && state.isReady()) {
            return engine;
        }
        throw new DockerUnavailableException(
                DockerUnavailableException.Cause.UNREACHABLE,
                state instanceof HostState.Down down ? down.message() : "still connecting",
                null);
    }

    synchronized boolean becomeReady(DockerEngine of, EngineInfo info) {
        if (engine != of) {
            return false;
        }
        reached = true;
        return become(new HostState.Ready(info));
    }

    synchronized boolean lose(DockerEngine lost, HostState.Down why) {
        if (engine != lost) {
            return false;
        }
        drop();
        return become(why);
    }

    /** The attempt to connect to {@code to} failed; one to an earlier endpoint is ignored. */
    synchronized boolean failed(Endpoint to, HostState.Down why) {
        drop();
        return !closed && to.equals(endpoint) && become(why);
    }

    /** Nothing was received from {@code of} so far. */
    synchronized boolean isSilent(Endpoint of, HostState.Down why) {
        return !closed && of.equals(endpoint) && state instanceof HostState.Connecting && become(why);
    }

    /**
     * The daemon is not what it was when this engine was connected: another takes its place at once. False, with nothing done,
     * where one has done so only just now.
     */
    synchronized boolean renew(DockerEngine old) {
        if (engine != old) {
            return true;
        }
        var now = System.nanoTime();
        if (renewed && now - lastRenewed < BETWEEN_RENEWALS.toNanos()) {
            return false;
        }
        renewed = true;
        lastRenewed = now;
        drop();
        fresh = true;
        notifyAll();
        return true;
    }

    synchronized void drop() {
        if (engine != null) {
            engine.close();
            engine = null;
            subscription = 0;
        }
    }

    synchronized void close() {
        closed = true;
        drop();
        notifyAll();
    }

    private boolean become(HostState next) {
        var changed = !state.equals(next);
        state = next;
        return changed;
    }
}
