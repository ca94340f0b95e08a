package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import java.time.Instant;
import java.util.Optional;

/** Questions about how far a job is. */
public final class JobPhases {
    /** Condition: it has ended, one way or the other. */
    public static final String FINISHED = "Finished";

    /** The end of the message of a job that waits for the first answer of a host. */
    public static final String CONNECTING = " not connected yet";

    /** The same by an earlier version: a job may still have it. */
    private static final String CONNECTING_BEFORE = " being connected to";

    /** Far more than {@code retry.limit} allows. */
    private static final int MOST_ATTEMPTS = 1_000_000;

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

    /**
     * Whether it waits for the first answer of a host, and has no other reason to report. That is over in a moment, one way or
     * the other.
     */
    public static boolean connecting(ContainerJob job) {
        return job.getStatus() != null && connecting(job.getStatus());
    }

    public static boolean connecting(ContainerJobStatus status) {
        return status.reason() == JobReason.HOST_UNREACHABLE
                && status.message() != null
                && (status.message().endsWith(CONNECTING) || status.message().endsWith(CONNECTING_BEFORE));
    }

    /** The number of the attempt that is under way or was the last, whatever someone else may have written there. */
    public static int lastAttempt(ContainerJob job) {
        var status = job.getStatus();
        var isOne =
                status != null && status.attempt() != null && status.attempt() > 0 && status.attempt() < MOST_ATTEMPTS;
        return isOne ? status.attempt() : 0;
    }

    /** The number of the attempt that is under way, or comes next. */
    public static int currentAttempt(ContainerJob job) {
        return bound(job) ? lastAttempt(job) : lastAttempt(job) + 1;
    }

    /** Whether the status was written for the spec as it is now. */
    public static boolean upToDate(ContainerJob job) {
        return job.getStatus() != null
                && job.getMetadata().getGeneration().equals(job.getStatus().observedGeneration());
    }

    /** Whether a container that no attempt needs any more is removed once it has ended. */
    public static boolean removesEnded(ContainerJob job) {
        var effective = job.getStatus().effective();
        return effective == null || effective.autoRemove();
    }

    /** Whether nobody has deleted, canceled or suspended it, as far as its spec is known. */
    public static boolean mayStart(ContainerJob job) {
        var spec = job.getSpec();
        return !job.isMarkedForDeletion() && (spec == null || !spec.cancel() && !spec.suspend());
    }

    /** Whether the status has all fields of a bound container; one that the operator wrote always has. */
    public static boolean boundWhole(ContainerJob job) {
        var status = job.getStatus();
        return bound(job) && status.host() != null && status.attempt() != null && status.effective() != null;
    }

    /** Whether a container is bound to it: the one of its current attempt, or of its last. */
    public static boolean bound(ContainerJob job) {
        return job.getStatus() != null && job.getStatus().containerID() != null;
    }

    /** When it finished, by our clock and not by a daemon's; nothing before. */
    public static Optional<Instant> finishedAt(ContainerJob job) {
        return job.getStatus() == null
                ? Optional.empty()
                : job.getStatus().conditions().stream()
                        .filter(condition ->
                                condition.getType().equals(FINISHED) && "True".equals(condition.getStatus()))
                        .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                        .findFirst();
    }
}
