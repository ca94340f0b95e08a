package dev.longshore.job.placement;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.ClusterView;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.queue.Demand;
import dev.longshore.job.queue.GpuRequest;
import dev.longshore.job.queue.Room;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The room that containers hold, by the label with which they were created: it holds whatever was changed since, and also where the
 * job is gone.
 */
public final class ContainerRooms implements BiFunction<HostKey, ContainerSnapshot, Room> {
    private final ClusterView cluster;
    private final Function<JobKey, Optional<ContainerJob>> jobs;
    private final HostLoads loads;

    public ContainerRooms(ClusterView cluster, Function<JobKey, Optional<ContainerJob>> jobs, HostLoads loads) {
        this.cluster = cluster;
        this.jobs = jobs;
        this.loads = loads;
    }

    @Override
    public Room apply(HostKey key, ContainerSnapshot container) {
        var labels = container.labels();
        var demand = demand(key, JobLabels.jobOf(labels));
        var gpus = JobLabels.gpusOf(labels);
        var held = gpus.isEmpty() ? ofDocker(key, demand.gpus()) : gpus;
        return Room.of(labels.get(JobLabels.ROOM), held)
                // Of a version that knew no room.
                .orElseGet(() -> new Room(demand.nanoCpus(), demand.memory(), held));
    }

    private Demand demand(HostKey key, JobKey job) {
        return jobs.apply(job)
                .filter(known -> known.getStatus() != null && known.getStatus().effective() != null)
                .flatMap(known -> cluster.host(key.namespace(), key.name())
                        .map(host -> HostRoom.demand(known.getStatus().effective(), host, loads.engine(key))))
                .orElse(Demand.NONE);
    }

    /** Where the host has listed its GPUs since, which Docker has given it is not known: any. */
    private List<String> ofDocker(HostKey key, GpuRequest requested) {
        var listed = cluster.host(key.namespace(), key.name())
                .map(host -> HostRoom.terms(host).capacity().gpus())
                .orElse(List.of());
        return requested.any() && requested.ids().isEmpty() ? listed : requested.ids();
    }
}
