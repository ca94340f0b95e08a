package dev.longshore.job.config;

import java.time.Duration;

/** Others are reading Secrets and ConfigMaps: the caller retries later, and holds no thread meanwhile. */
public final class InputsBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration again;

    InputsBusy(Duration again) {
        super("too many concurrent reads of Secrets and ConfigMaps", null, false, false);
        this.again = again;
    }

    /** When it may be tried again. */
    public Duration again() {
        return again;
    }
}
