package dev.longshore.docker.connection;

import dev.longshore.docker.DockerEngine;
import java.time.Duration;

/** Receives how long each call of a daemon took. Called from any thread; returns at once. */
public interface DockerCalls {
    DockerCalls UNRECORDED = (host, call, outcome, took) -> {};

    /** How a call ended. */
    enum Outcome {
        OK,
        /** The daemon refused. */
        REFUSED,
        /** There was no response, or none of a Docker daemon. */
        UNAVAILABLE
    }

    /** @param call such as {@code create}: one of the methods of {@link DockerEngine} */
    void ended(String host, String call, Outcome outcome, Duration took);
}
