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
        return excess(demand(host), host);
    }

    static Optional<String> excess(Demand demand, DockerHost host) {
        return Optional.of(RoomText.excess(demand, HostRoom.terms(host).capacity()))
                .filter(why -> !why.isEmpty());
    }

    private record Ranked(DockerHost host, HostKey key, boolean isDegraded, boolean isFull, double share) {}

    /** Those that are not degraded, then those where it fits now, then by load. */
    List<DockerHost> leastLoadedFirst(List<DockerHost> hosts, JobKey job) {
        return hosts.stream()
                .map(host -> ranked(host, job))
                .sorted(Comparator.comparing(Ranked::isDegraded)
                        .thenComparing(Ranked::isFull)
                        .thenComparingDouble(Ranked::share)
                        .thenComparing(Ranked::key))
                .map(Ranked::host)
                .toList();
    }

    private Ranked ranked(DockerHost host, JobKey job) {
        var key = HostKey.of(host);
        var terms = HostRoom.terms(host);
        return new Ranked(
                host,
                key,
                loads.degraded(key).isPresent(),
                !loads.fits(key, job, demand(host), terms),
                loads.share(key, terms));
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
