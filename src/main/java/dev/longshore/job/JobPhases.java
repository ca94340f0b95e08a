package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;

/** Questions about how far a job is. */
public final class JobPhases {
    private JobPhases() {}

    public static JobPhase of(ContainerJob job) {
        return job.getStatus() == null || job.getStatus().phase() == null
                ? JobPhase.PENDING
                : job.getStatus().phase();
    }

    public static boolean finished(JobPhase phase) {
        return switch (phase) {
            case PENDING, RUNNING -> false;
            case COMPLETED, FAILED, CANCELLED -> true;
        };
    }

    public static boolean finished(ContainerJob job) {
        return finished(of(job));
    }

    /** Whether a container is bound to it: the one of its current attempt, or of its last. */
    static boolean bound(ContainerJob job) {
        return job.getStatus() != null && job.getStatus().containerID() != null;
    }
}
