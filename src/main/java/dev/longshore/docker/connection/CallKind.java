package dev.longshore.docker.connection;

import java.time.Duration;

/** Kinds of calls, in the order in which a busy host's workers take them: results go before starts. */
public enum CallKind {
    /** Fetch what a container left: a user waits for it; on threads of its own, since it may be much. */
    LOGS(Duration.ofSeconds(60)),
    /** Inspect a container: quick, and a user waits for it. */
    OBSERVE(Duration.ofSeconds(60)),
    STOP(Duration.ofSeconds(30)),
    START(Duration.ofSeconds(120)),
    /** On threads of its own: what an image has at its volumes is copied meanwhile, however much that is. */
    CREATE(Duration.ofSeconds(120)),
    REMOVE(Duration.ofSeconds(120)),
    /** See what a container uses: nobody waits for it; on threads of its own, since a daemon may take seconds for it. */
    SAMPLE(Duration.ofSeconds(60));

    private final Duration deadline;

    CallKind(Duration deadline) {
        this.deadline = deadline;
    }

    /** After this long without an answer the daemon is disconnected and every connection to it is closed. */
    public Duration deadline() {
        return deadline;
    }
}
