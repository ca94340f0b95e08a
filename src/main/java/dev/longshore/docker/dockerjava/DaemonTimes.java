package dev.longshore.docker.dockerjava;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** When something happened to a container, as its daemon writes it. */
final class DaemonTimes {
    /** Of the zero time: never. */
    private static final String NEVER = "0001-";

    private DaemonTimes() {}

    /** Null for never, and where this is no time. */
    static Instant parse(String time) {
        if (time.isEmpty() || isNever(time)) {
            return null;
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    static boolean isNever(String time) {
        return time.startsWith(NEVER);
    }

    /** When one that has ended was started. Podman takes that time once the process runs, and it may have ended by then. */
    static Instant start(Instant startedAt, Instant finishedAt) {
        return startedAt != null && finishedAt != null && startedAt.isAfter(finishedAt) ? finishedAt : startedAt;
    }
}
