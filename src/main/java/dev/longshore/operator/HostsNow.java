package dev.longshore.operator;

import dev.longshore.api.DockerHost;
import dev.longshore.api.HostJobs;
import dev.longshore.job.HostKey;
import dev.longshore.job.Hosts;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The state of the hosts whenever metrics are scraped.
 *
 * @param isActive whether this process works: one that is on standby has no connections, and would report every host as down
 */
record HostsNow(
        BooleanSupplier isActive,
        Supplier<List<DockerHost>> hosts,
        Hosts connections,
        Function<HostKey, HostJobs> jobsOf)
        implements OperatorMetrics.Hosts {
    @Override
    public List<DockerHost> all() {
        return isActive.getAsBoolean() ? hosts.get() : List.of();
    }

    @Override
    public boolean isReady(HostKey host) {
        return connections.isReady(host);
    }

    @Override
    public HostJobs jobs(HostKey host) {
        return jobsOf.apply(host);
    }
}
