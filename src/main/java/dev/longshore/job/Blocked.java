package dev.longshore.job;

import dev.longshore.api.JobReason;
import java.time.Duration;
import java.util.Optional;

/** Why a job cannot be started now. */
public sealed interface Blocked {
    /** The job itself, what it refers to, or the time has to change first. */
    record Unmet(JobReason reason, String message) implements Blocked {}

    /**
     * Other jobs are ahead of it in the queue, or have what it needs.
     *
     * @param brief for so long it is not worth reporting; none: it is
     */
    record Queued(JobReason reason, String message, Optional<Duration> brief) implements Blocked {}

    /**
     * Its host refuses what is like it, or has refused the job itself.
     *
     * @param refusal as what the attempt fails if that lasts
     * @param requeueAfter after which it may be otherwise, where that is known
     * @param queued whether it may be tried again as soon as it has a slot
     */
    record Refused(Failure refusal, Optional<Duration> requeueAfter, boolean queued) implements Blocked {}

    /**
     * Whether and why is known in a moment, when hosts have answered: nothing is reported until then.
     *
     * @param left of that moment; may be over
     */
    record Undecided(Duration left) implements Blocked {}

    /** Whether the job keeps its position in the queue, and its slot. */
    default boolean keepsPosition() {
        return this instanceof Queued || this instanceof Refused refused && refused.queued();
    }
}
