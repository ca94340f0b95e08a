package dev.longshore.docker.connection;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.deadline.CallDeadline;
import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;

/** Decides when a daemon is disconnected, and notifies the listener. From any thread. */
record HostHealth(CurrentEngine current, HostListener listener) {
    private static final Duration PING_DEADLINE = Duration.ofSeconds(5);

    /** Nothing was received of it for so long. It is still tried, and may be ready later. */
    void reportSilence(Endpoint target, Duration time) {
        var message = target.uri() + ": no response within " + time.toSeconds()
                + "s: check spec.endpoint, and that a Docker daemon is running there";
        if (current.isSilent(target, unreachable(message))) {
            listener.stateChanged();
        }
    }

    void ping(DockerEngine engine) {
        try (var watch = Watchdog.watch(PING_DEADLINE, () -> disconnect(engine, "no response to ping"))) {
            CallDeadline.within(PING_DEADLINE, () -> {
                engine.ping();
                return null;
            });
        }
    }

    /** One failed call may be the fault of its connection alone: the host is disconnected only if a ping fails, too. */
    void probe(DockerEngine suspect) {
        try {
            ping(suspect);
        } catch (DockerUnavailableException e) {
            if (e.why() == DockerUnavailableException.Cause.UNSUPPORTED_API) {
                // It was upgraded, or the opposite: whether there is a version for both, a new connection finds out.
                renew(suspect);
            } else {
                disconnect(suspect, HostState.Down.of(e));
            }
        } catch (DockerException e) {
            disconnect(suspect, unreachable(e.getMessage()));
        }
    }

    /** Connects again to a daemon that is of another version, or has other API versions. */
    void renew(DockerEngine old) {
        if (!current.renew(old)) {
            disconnect(old, "the daemon changes its version again and again: check any proxy in front of it");
        }
    }

    /**
     * Its requests have ended by themselves, so what is late is our own work, unless the daemon fails to answer a ping,
     * too.
     */
    void probeUsed(DockerEngine used) {
        if (used != null) {
            probe(used);
        }
    }

    void disconnect(DockerEngine lost, String message) {
        disconnect(lost, unreachable(message));
    }

    private void disconnect(DockerEngine lost, HostState.Down why) {
        if (current.lose(lost, why)) {
            listener.stateChanged();
        }
    }

    void failed(Endpoint target, String message) {
        failed(target, unreachable(message));
    }

    void failed(Endpoint target, HostState.Down why) {
        if (current.failed(target, why)) {
            listener.stateChanged();
        }
    }

    private static HostState.Down unreachable(String message) {
        return new HostState.Down(DockerUnavailableException.Cause.UNREACHABLE, message);
    }
}
