package dev.longshore.simulation;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.connection.HostListener;
import dev.longshore.job.HostKey;
import java.util.List;

/** Passes on what is received of a host, and has each container that was listed looked at by the reaper. */
record ReapingListener(HostListener jobs, HostKey host, SimulatedOperator operator) implements HostListener {
    @Override
    public void stateChanged() {
        jobs.stateChanged();
    }

    @Override
    public void listed(List<ContainerSnapshot> containers) {
        jobs.listed(containers);
        containers.forEach(container -> operator.reap(host, container));
    }

    @Override
    public void containerChanged(ContainerEvent event, long subscription) {
        jobs.containerChanged(event, subscription);
    }
}
