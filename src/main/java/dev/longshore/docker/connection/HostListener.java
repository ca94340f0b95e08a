package dev.longshore.docker.connection;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import java.util.List;

/**
 * Hears of a daemon. Called by threads of the host's connection, which must not be kept waiting; {@code listed} and
 * {@code containerChanged} by one thread alone, in order.
 */
public interface HostListener {
    /** {@link HostConnection#state()} is another now. */
    void stateChanged();

    /** All containers of ours, after a (re)connect and before the host is ready, and again after a while of silence. */
    void listed(List<ContainerSnapshot> containers);

    /**
     * Something happened to a container of ours.
     *
     * @param subscription to the daemon's events, by which this was received: a new number, used by no other connection of
     *     this process, each time it is made. Nothing went unheard between two events of the same number
     */
    void containerChanged(ContainerEvent event, long subscription);
}
