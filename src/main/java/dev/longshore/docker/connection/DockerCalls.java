package dev.longshore.docker.connection;

import dev.longshore.docker.DockerEngine;
import java.time.Duration;

/** Hears how long each call of a daemon took. Called from any thread; returns at once. */
public interface DockerCalls {
    DockerCalls UNRECORDED = (host, call, outcome, took) -> {};

    /** How a call ended. */
    enum Outcome {
        OK,
        /** The daemon said no. */
        REFUSED,
        /** There was no answer, or none that a Docker daemon gives. */
        UNAVAILABLE
    }

    /** @param call such as {@code create}: one of the methods of {@link DockerEngine} */
    void ended(String host, String call, Outcome outcome, Duration took);
}
