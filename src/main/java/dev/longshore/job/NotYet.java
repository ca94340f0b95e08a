package dev.longshore.job;

import dev.longshore.api.JobReason;
import java.time.Duration;

/** Why a job cannot be started now; thrown from where that is found out, caught by the planner. */
final class NotYet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final JobReason reason;
    private final Duration brief;

    /** @param reason null where it will be known in a moment */
    NotYet(JobReason reason, String message) {
        this(reason, message, Duration.ZERO);
    }

    /** @param brief for so long it is not worth saying */
    NotYet(JobReason reason, String message, Duration brief) {
        super(message, null, false, false);
        this.reason = reason;
        this.brief = brief;
    }

    JobReason reason() {
        return reason;
    }

    boolean isBrief() {
        return brief.compareTo(Duration.ZERO) > 0;
    }

    Duration brief() {
        return brief;
    }
}
