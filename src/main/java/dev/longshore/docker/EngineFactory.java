package dev.longshore.docker;

/** Opens connections to daemons. */
@FunctionalInterface
public interface EngineFactory {
    /**
     * Connects, and agrees on an API version.
     *
     * @throws DockerUnavailableException if the daemon cannot be reached, its certificate is not accepted, or it speaks no
     *     API version that we do
     */
    DockerEngine connect(Endpoint endpoint);
}
