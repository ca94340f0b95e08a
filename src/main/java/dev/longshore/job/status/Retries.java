package dev.longshore.job.status;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.RetryPolicy;
import java.time.Duration;

/** Whether and when a failed attempt is followed by another. */
public final class Retries {
    private Retries() {}

    /**
     * @param attempt number of the one that ended
     * @param exitCode null where its container never ran or is lost
     */
    static boolean follows(RetryPolicy policy, int attempt, JobResult result, Integer exitCode) {
        if (result.phase() != JobPhase.FAILED
                || result.reason() == JobReason.POLICY_DENIED
                || result.reason() == JobReason.START_DEADLINE_EXCEEDED) {
            return false;
        }
        return attempt <= policy.limit()
                && (exitCode == null
                        || policy.onExitCodes().isEmpty()
                        || policy.onExitCodes().contains(exitCode));
    }

    /** How long to wait after this attempt: twice as long as after the one before. */
    public static Duration delay(RetryPolicy policy, int attempt) {
        var doublings = Math.max(0, Math.min(attempt - 1, 31));
        var seconds = Math.min((long) policy.initialDelaySeconds() << doublings, policy.maxDelaySeconds());
        return Duration.ofSeconds(seconds);
    }
}
