package dev.longshore.docker;

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

    /** Something happened to a container of ours. */
    void containerChanged(ContainerEvent event);
}
