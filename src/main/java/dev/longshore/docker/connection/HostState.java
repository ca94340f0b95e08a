package dev.longshore.docker.connection;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.EngineInfo;
import java.time.Instant;

/** The state of the connection to a daemon. */
public sealed interface HostState {
    /** Nothing yet: the first connection is being made. */
    record Connecting() implements HostState {}

    /** Reachable, its events are followed, and its containers were listed. */
    record Ready(EngineInfo engine) implements HostState {}

    /**
     * Not to be used until it is ready again; connecting is retried.
     *
     * @param certificateEnd when the first of the certificates expires with which TLS failed; null where that is not known
     */
    record Down(DockerUnavailableException.Cause why, String message, Instant certificateEnd) implements HostState {
        public Down(DockerUnavailableException.Cause why, String message) {
            this(why, message, null);
        }

        static Down of(DockerUnavailableException failure) {
            return new Down(
                    failure.why(),
                    failure.getMessage(),
                    failure.certificateEnd().orElse(null));
        }
    }

    default boolean isReady() {
        return this instanceof Ready;
    }
}
