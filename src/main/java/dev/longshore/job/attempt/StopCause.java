package dev.longshore.job.attempt;

/** Why a container is stopped. */
public enum StopCause {
    /** Its job is canceled, or deleted. */
    CANCELED,
    /** It has run for its timeoutSeconds. */
    TIMED_OUT
}
