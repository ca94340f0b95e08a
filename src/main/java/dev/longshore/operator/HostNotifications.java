package dev.longshore.operator;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.connection.HostListener;
import dev.longshore.job.HostKey;
import java.util.List;

/** Notifies of one host's changes: the jobs, the reaper, and the host's own resource. */
record HostNotifications(HostKey host, HostListener jobs, OrphanReaper orphans, Runnable hostChanged)
        implements HostListener {
    @Override
    public void stateChanged() {
        hostChanged.run();
        jobs.stateChanged();
        orphans.sweep(host);
    }

    @Override
    public void listed(List<ContainerSnapshot> containers) {
        jobs.listed(containers);
        orphans.listed(host, containers);
    }

    @Override
    public void containerChanged(ContainerEvent event, long subscription) {
        jobs.containerChanged(event, subscription);
    }
}
