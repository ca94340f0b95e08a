package dev.longshore.docker.connection;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.EngineInfo;

/** The state of the connection to a daemon. */
public sealed interface HostState {
    /** Nothing yet: the first connection is being made. */
    record Connecting() implements HostState {}

    /** Reachable, its events are followed, and its containers were listed. */
    record Ready(EngineInfo engine) implements HostState {}

    /** Not to be used until it is ready again; connecting is retried. */
    record Down(DockerUnavailableException.Cause why, String message) implements HostState {}

    default boolean isReady() {
        return this instanceof Ready;
    }
}
