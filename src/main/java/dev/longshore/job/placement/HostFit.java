package dev.longshore.job.placement;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.queue.Capacity;
import dev.longshore.job.queue.Demand;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether a job fits on hosts, and which of them is the best for it. */
record HostFit(HostLoads loads, ContainerTemplateSpec effective) {
    /** Why it never fits on a host. */
    Optional<String> excess(DockerHost host) {
        return Optional.of(RoomText.excess(demand(host), HostRoom.terms(host).capacity()))
                .filter(why -> !why.isEmpty());
    }

    /** Those that are not degraded, then those where it fits now, then by load. */
    Comparator<DockerHost> leastLoadedFirst(JobKey job) {
        return Comparator.<DockerHost, Boolean>comparing(
                        host -> loads.degraded(HostKey.of(host)).isPresent())
                .thenComparing(host -> !loads.fits(HostKey.of(host), job, demand(host), HostRoom.terms(host)))
                .thenComparingDouble(host -> loads.share(HostKey.of(host), HostRoom.terms(host)))
                .thenComparing(host -> HostKey.of(host));
    }

    private Demand demand(DockerHost host) {
        return HostRoom.demand(effective, host, loads.engine(HostKey.of(host)));
    }

    /** By memory, then CPU, then GPUs. */
    static DockerHost largest(List<DockerHost> hosts) {
        return hosts.stream()
                .max(Comparator.comparing(host -> HostRoom.terms(host).capacity(), Capacity.BY_SIZE))
                .orElseThrow();
    }
}
