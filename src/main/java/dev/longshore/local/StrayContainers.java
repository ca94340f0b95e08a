package dev.longshore.local;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.connection.HostListener;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Finds what a killed process left on a host: once, since what this one leaves it removes itself.
 *
 * <p>Threads: called by those of the host; what was found is used by the thread of the run.
 */
final class StrayContainers implements HostListener {
    private final HostListener next;
    private final RunThread thread;
    private final BooleanSupplier isReady;
    private final Consumer<ContainerSnapshot> found;
    /** Null: not known yet, or done. Used by the thread of the run alone. */
    private List<ContainerSnapshot> listing;

    private boolean done;

    /**
     * @param isReady whether containers can be removed
     * @param found receives each container that was there, on the thread of the run
     */
    StrayContainers(HostListener next, RunThread thread, BooleanSupplier isReady, Consumer<ContainerSnapshot> found) {
        this.next = next;
        this.thread = thread;
        this.isReady = isReady;
        this.found = found;
    }

    @Override
    public void stateChanged() {
        next.stateChanged();
        thread.execute(this::sweep);
    }

    @Override
    public void listed(List<ContainerSnapshot> containers) {
        next.listed(containers);
        thread.execute(() -> {
            if (!done) {
                listing = containers;
                sweep();
            }
        });
    }

    @Override
    public void containerChanged(ContainerEvent event, long subscription) {
        next.containerChanged(event, subscription);
    }

    private void sweep() {
        if (listing != null && isReady.getAsBoolean()) {
            listing.forEach(found);
            listing = null;
            done = true;
        }
    }
}
