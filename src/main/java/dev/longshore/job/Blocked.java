package dev.longshore.job;

import dev.longshore.api.JobReason;
import java.time.Duration;

/** Why a job cannot be started now; thrown from where that is found out, caught by the planner. */
public final class Blocked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final JobReason reason;
    private final Duration brief;
    private final Duration requeueAfter;
    private final Failure refusal;

    /** @param reason null where it will be known in a moment */
    public Blocked(JobReason reason, String message) {
        this(reason, message, Duration.ZERO);
    }

    /** @param brief for so long it is not worth saying */
    public Blocked(JobReason reason, String message, Duration brief) {
        this(reason, message, brief, null, null);
    }

    private Blocked(JobReason reason, String message, Duration brief, Duration requeueAfter, Failure refusal) {
        super(message, null, false, false);
        this.reason = reason;
        this.brief = brief;
        this.requeueAfter = requeueAfter;
        this.refusal = refusal;
    }

    /**
     * Its host refuses what is like it.
     *
     * @param refusal as what it fails if that lasts
     */
    public static Blocked refused(String message, Failure refusal, Duration requeueAfter) {
        return new Blocked(JobReason.HOST_REFUSED, message, Duration.ZERO, requeueAfter, refusal);
    }

    /** The same for a job that hosts have refused before, and which has its turn only because it is tried again. */
    public Blocked after(Failure last) {
        return new Blocked(reason, getMessage(), Duration.ZERO, null, last);
    }

    /** As what it fails if its host refuses for too long; null: nothing is refused. */
    public Failure refusal() {
        return refusal;
    }

    /** After which it may be otherwise; null: not known. */
    public Duration requeueAfter() {
        return requeueAfter;
    }

    public JobReason reason() {
        return reason;
    }

    public boolean isBrief() {
        return brief.compareTo(Duration.ZERO) > 0;
    }

    public Duration brief() {
        return brief;
    }
}
