package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobReason;
import dev.longshore.job.Blocked;
import dev.longshore.job.HostKey;
import dev.longshore.job.placement.RoomText;
import dev.longshore.job.queue.Demand;
import dev.longshore.job.queue.Lack;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why a job waits in a queue.
 *
 * @param lacks what it lacks on the first of these hosts
 * @param demand what it takes there
 */
record QueuedJob(ContainerJob job, List<DockerHost> hosts, Set<Lack> lacks, Demand demand) {
    Blocked why(boolean isDegraded, Optional<Duration> brief) {
        return lacks.stream().anyMatch(Lack::isRoom)
                ? new Blocked.Queued(JobReason.INSUFFICIENT_CAPACITY, "queued: " + withoutRoom(), brief)
                : new Blocked.Queued(JobReason.WAITING_FOR_SLOT, "queued: " + withoutSlot(isDegraded), brief);
    }

    private String withoutRoom() {
        return "no room for " + RoomText.requested(demand, lacks) + " on " + first() + comma()
                + " now (spec.allocatable)";
    }

    private String withoutSlot(boolean isDegraded) {
        if (isOne() && isDegraded) {
            return first() + " is degraded, and starts one job at a time";
        }
        if (lacks.contains(Lack.NAMESPACE)) {
            return "namespace " + job.getMetadata().getNamespace() + " runs as many jobs on " + first() + comma()
                    + " as it may (spec.queueing.maxConcurrentJobsPerNamespace)";
        }
        if (!lacks.contains(Lack.SLOT)) {
            return "other jobs are ahead on " + first();
        }
        return (isOne() ? slots() : "all slots of the " + matching() + " are") + " in use";
    }

    private String slots() {
        var all = hosts.get(0).getSpec().maxConcurrentJobs();
        return all == 1 ? "the only slot of " + first() + " is" : "all " + all + " slots of " + first() + " are";
    }

    private boolean isOne() {
        return hosts.size() == 1;
    }

    private String first() {
        var host = "DockerHost " + HostKey.of(hosts.get(0));
        return isOne() ? host : host + ", the least loaded of the " + matching();
    }

    /** Ends what is said of the first host. */
    private String comma() {
        return isOne() ? "" : ",";
    }

    private String matching() {
        return hosts.size() + " DockerHosts that match spec.hostSelector";
    }
}
