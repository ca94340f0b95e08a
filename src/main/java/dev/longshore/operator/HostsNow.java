package dev.longshore.operator;

import dev.longshore.api.Allocated;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.HostJobs;
import dev.longshore.job.HostKey;
import dev.longshore.job.Hosts;
import dev.longshore.job.engine.JobEngine;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The state of the hosts and schedules whenever metrics are scraped.
 *
 * @param isActive whether this process works: one that is on standby has no connections, and would report every host as down
 */
record HostsNow(
        BooleanSupplier isActive, Supplier<Controllers> controllers, Hosts connections, Supplier<JobEngine> engine)
        implements OperatorMetrics.Hosts {
    @Override
    public List<DockerHost> all() {
        return isActive.getAsBoolean() ? controllers.get().hosts().all() : List.of();
    }

    @Override
    public List<ContainerCronJob> schedules() {
        return isActive.getAsBoolean() ? controllers.get().schedules().all() : List.of();
    }

    @Override
    public boolean isReady(HostKey host) {
        return connections.isReady(host);
    }

    @Override
    public HostJobs jobs(HostKey host) {
        return engine.get().jobsOf(host);
    }

    @Override
    public Allocated allocated(DockerHost host) {
        return engine.get().allocated(host);
    }
}
