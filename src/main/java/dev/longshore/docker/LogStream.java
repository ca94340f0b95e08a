package dev.longshore.docker;

import java.time.Instant;

/** A container's log on its way. {@link #close()} from another thread ends a call in progress. */
public interface LogStream extends AutoCloseable {
    /** By the daemon's clock, not after the moment at which it began to send; null where it does not say. */
    Instant openedAt();

    /**
     * Whether it goes on until the container exits. If not, it ends with what there is, also where following was asked for: a
     * daemon that loses entries while it follows is to be asked again for more.
     */
    default boolean follows() {
        return true;
    }

    /**
     * Waits for the next entry; null once there are no more.
     *
     * @throws DockerUnavailableException if the stream is cut
     * @throws DockerRefusedException if the daemon cannot read on
     */
    LogEntry next();

    @Override
    void close();
}
