package dev.longshore.job;

import dev.longshore.api.JobReason;

/** Why a job cannot be started now; thrown from where that is found out, caught by the planner. */
final class NotYet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final JobReason reason;

    /** @param reason null where it will be known in a moment */
    NotYet(JobReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    JobReason reason() {
        return reason;
    }
}
