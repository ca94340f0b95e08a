package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import java.util.Optional;

/** Decides which containers no job needs any more. */
public final class Orphans {
    private Orphans() {}

    /**
     * Whether a container is of no use to its job as that is now. The one that a job is bound to never is: the job itself
     * sees to it. Nor is any of a job that is being deleted, which sees to all of them.
     *
     * @param job the one that the container's labels name; nothing where it is gone
     */
    public static boolean isOne(ContainerSnapshot container, Optional<ContainerJob> job) {
        if (job.isEmpty()) {
            return true;
        }
        var status = job.get().getStatus();
        if (job.get().isMarkedForDeletion() || status == null || container.id().equals(status.containerID())) {
            return false;
        }
        var attempt = JobLabels.attemptOf(container.labels());
        var current = JobPhases.lastAttempt(job.get());
        return switch (container.state()) {
            case CREATED -> attempt <= current || JobPhases.finished(job.get());
            case RUNNING, EXITED -> isOver(container, job.get()) && JobPhases.removesEnded(job.get());
        };
    }

    /** Whether it is the container of an attempt that is over, and stays. */
    public static boolean stays(ContainerSnapshot container, Optional<ContainerJob> job) {
        return job.filter(one -> one.getStatus() != null
                        && !one.isMarkedForDeletion()
                        && isOver(container, one)
                        && !JobPhases.removesEnded(one))
                .isPresent();
    }

    /** The end of an attempt is known once nothing is bound to the job, or the next one is. */
    private static boolean isOver(ContainerSnapshot container, ContainerJob job) {
        var attempt = JobLabels.attemptOf(container.labels());
        var current = JobPhases.lastAttempt(job);
        return attempt < current || attempt == current && job.getStatus().containerID() == null;
    }
}
