package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.Blocked;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.attempt.AttemptState;
import java.util.EnumSet;
import java.util.Set;

/**
 * The container of a job that is bound to it and is not to start for now: it is removed, so that others have its room, and created anew on
 * the job's next turn. The status says why before. While it does nobody starts the container: whoever finds it gone then, also after a
 * restart, knows that it never ran.
 */
final class Withdrawal {
    /** All are of the job or of its host's resource, by which every operator goes: not of what one of them has counted. */
    private static final Set<JobReason> REASONS =
            EnumSet.of(JobReason.SUSPENDED, JobReason.SCHEDULED, JobReason.HOST_INACTIVE, JobReason.EXCEEDS_CAPACITY);

    private Withdrawal() {}

    /** Whether the status of a bound job says that its container is not started: to be reported otherwise before it is. */
    static boolean isReported(ContainerJob job) {
        return isReport(job.getStatus());
    }

    static boolean isReport(ContainerJobStatus status) {
        return status.containerID() != null
                && status.phase() == JobPhase.PENDING
                && status.reason() != null
                && REASONS.contains(status.reason());
    }

    /** Whether a container that was not started may be removed for this reason now. */
    static boolean isDue(
            ContainerJob job, ContainerSnapshot container, AttemptState state, HostKey host, Blocked notStarting) {
        return notStarting instanceof Blocked.Unmet unmet
                && isReported(job)
                && unmet.reason() == job.getStatus().reason()
                && JobPhases.upToDate(job)
                && !state.start().mayHaveBeenStarted(host, container.id());
    }

    /** Whether a container that is gone is known to have been removed before anyone started it. */
    static boolean wasDone(ContainerJob job, AttemptState state, HostKey host) {
        return isReported(job)
                && !state.start().mayHaveBeenStarted(host, job.getStatus().containerID());
    }
}
