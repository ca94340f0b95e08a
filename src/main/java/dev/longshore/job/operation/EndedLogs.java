package dev.longshore.job.operation;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.HostKey;

/** Knows whether the log of a container that has ended is on its way to the archive. From any thread. */
@FunctionalInterface
public interface EndedLogs {
    /** Whether it is, so that the container must not be removed. Begins to bring it there, if that was not begun. */
    boolean owes(ContainerJob job, HostKey host, ContainerSnapshot container);
}
