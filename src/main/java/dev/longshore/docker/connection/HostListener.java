package dev.longshore.docker.connection;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import java.util.List;

/**
 * Receives the changes of a daemon. Called by threads of the host's connection, which must not be kept waiting;
 * {@code listed} and {@code containerChanged} by one thread alone, in order.
 */
public interface HostListener {
    /** {@link HostAccess#state()} has changed. */
    void stateChanged();

    /** All containers of this instance, after a (re)connect before the host is ready, and again after a while of silence. */
    void listed(List<ContainerSnapshot> containers);

    /**
     * Something happened to a container of this instance.
     *
     * @param subscription to the daemon's events, by which this was received: a new number, used by no other connection of
     *     this process, each time it is made. No event was missed between two events of the same number
     */
    void containerChanged(ContainerEvent event, long subscription);
}
