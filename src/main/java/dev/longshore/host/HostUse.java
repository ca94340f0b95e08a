package dev.longshore.host;

import dev.longshore.api.Allocated;
import dev.longshore.api.HostJobs;

/**
 * What jobs have of a host.
 *
 * @param allocated null where the host does not count its room
 */
public record HostUse(HostJobs jobs, Allocated allocated) {}
