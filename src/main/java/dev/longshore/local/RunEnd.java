package dev.longshore.local;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Decides whether there is anything left to wait for. */
final class RunEnd {
    private static final Set<JobReason> NO_DAEMON = EnumSet.of(JobReason.HOST_UNREACHABLE, JobReason.NO_MATCHING_HOST);

    /** Nothing but a change to the manifests helps a job that waits for one of these, or a daemon that is reachable again. */
    private static final Set<JobReason> HOPELESS = EnumSet.complementOf(EnumSet.of(
            JobReason.WAITING_FOR_SLOT,
            JobReason.INSUFFICIENT_CAPACITY,
            JobReason.SCHEDULED,
            JobReason.PULLING_IMAGE,
            JobReason.STARTING,
            JobReason.HOST_REFUSED,
            JobReason.RETRY_BACKOFF));

    private final HostPatience patience;
    private final Predicate<JobKey> workedOn;

    /** The position of a job that was not settled when it was last checked: mostly it still is not, and jobs may be thousands. */
    private int awaited;

    RunEnd(HostPatience patience, Predicate<JobKey> workedOn) {
        this.patience = patience;
        this.workedOn = workedOn;
    }

    /** Whether all are. Not for several threads. */
    boolean areSettled(List<JobKey> jobs, Function<JobKey, ContainerJob> read) {
        awaited = awaited < jobs.size() ? awaited : 0;
        for (var settled = 0; settled < jobs.size(); settled++) {
            if (!isSettled(read.apply(jobs.get(awaited)))) {
                return false;
            }
            awaited = (awaited + 1) % jobs.size();
        }
        return true;
    }

    /** The job has finished, or cannot make progress. */
    boolean isSettled(ContainerJob job) {
        var idle = !workedOn.test(JobKey.of(job));
        return isLost(job) || (idle && (JobPhases.finished(job) || isHopeless(job)));
    }

    /** It has a container on a disconnected host. */
    boolean isLost(ContainerJob job) {
        return !JobPhases.finished(job)
                && job.getStatus() != null
                && job.getStatus().containerID() != null
                && patience.isDisconnected(HostKey.of(job.getStatus().host()));
    }

    private boolean isHopeless(ContainerJob job) {
        var status = job.getStatus();
        return status != null
                && status.phase() == JobPhase.PENDING
                && HOPELESS.contains(status.reason())
                && !JobPhases.connecting(job)
                && !(NO_DAEMON.contains(status.reason()) && patience.isWaiting());
    }

    ContainerJobStatus disconnected(ContainerJob job) {
        var status = job.getStatus();
        var host = HostKey.of(status.host());
        return ContainerJobStatusBuilder.builder(status)
                .message("timed out after %ds: %s; container %s may still exist"
                        .formatted(
                                patience.unreachableFor(host).toSeconds(),
                                LocalHosts.unreachable(host, patience.why(host).orElseThrow()),
                                status.containerName()))
                .build();
    }

    /** @throws IllegalArgumentException if no job was started because no daemon is reachable */
    void requireDaemon(Collection<ContainerJob> jobs, List<HostKey> hosts) {
        var why = hosts.stream()
                .flatMap(host -> patience.why(host).stream().map(message -> LocalHosts.unreachable(host, message)))
                .collect(Collectors.joining("; "));
        if (!why.isEmpty() && jobs.stream().allMatch(RunEnd::isWithoutDaemon)) {
            throw new IllegalArgumentException("no job was started: " + why);
        }
    }

    private static boolean isWithoutDaemon(ContainerJob job) {
        var status = job.getStatus();
        return status != null
                && status.phase() == JobPhase.PENDING
                && NO_DAEMON.contains(status.reason())
                && status.attempt() == null;
    }
}
