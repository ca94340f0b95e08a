package dev.longshore.operator;

import dev.longshore.api.DockerHost;
import dev.longshore.api.HostJobs;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import java.util.List;
import java.util.Optional;
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
        Function<String, Optional<HostAccess>> connections,
        Function<String, HostJobs> jobsOf)
        implements OperatorMetrics.Hosts {
    @Override
    public List<DockerHost> all() {
        return isActive.getAsBoolean() ? hosts.get() : List.of();
    }

    @Override
    public boolean isReady(String host) {
        return connections.apply(host).map(HostAccess::state).stream().anyMatch(HostState::isReady);
    }

    @Override
    public HostJobs jobs(String host) {
        return jobsOf.apply(host);
    }
}
