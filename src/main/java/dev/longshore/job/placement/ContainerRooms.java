package dev.longshore.job.placement;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.ClusterView;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
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
    public Room apply(HostKey host, ContainerSnapshot container) {
        var gpus = JobLabels.gpusOf(container.labels());
        return Room.of(container.labels().get(JobLabels.ROOM), gpus).orElseGet(() -> ofJob(host, container, gpus));
    }

    /** Of a version that knew no room. */
    private Room ofJob(HostKey key, ContainerSnapshot container, List<String> gpus) {
        Optional<DockerHost> host = cluster.host(key.namespace(), key.name());
        return jobs.apply(JobLabels.jobOf(container.labels()))
                .filter(job -> job.getStatus() != null && job.getStatus().effective() != null)
                .flatMap(job ->
                        host.map(there -> HostRoom.demand(job.getStatus().effective(), there, loads.engine(key))))
                .map(demand -> new Room(demand.nanoCpus(), demand.memory(), gpus))
                .orElse(new Room(0, 0, gpus));
    }
}
