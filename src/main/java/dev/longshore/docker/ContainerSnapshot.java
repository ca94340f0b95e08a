package dev.longshore.docker;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A container as the daemon described it, and when.
 *
 * @param startedAt by the daemon's clock, or null where it never started
 * @param finishedAt by the daemon's clock, or null where it has not ended
 * @param exitCode null where it has not ended
 * @param exitUncertain whether the exit code may be the daemon's own, since it was restarted and does not know of the end
 * @param error the daemon's words on why it could not be started, or empty
 * @param environment by name, the image's included; never printed
 */
@RecordBuilder
public record ContainerSnapshot(
        String id,
        String name,
        String imageId,
        State state,
        Integer exitCode,
        boolean exitUncertain,
        boolean oomKilled,
        String error,
        Instant startedAt,
        Instant finishedAt,
        Map<String, String> labels,
        Map<String, String> environment,
        List<String> networks) {
    /** Docker's states, as far as a job can tell them apart. */
    public enum State {
        CREATED,
        /** Running, paused or restarting: it has processes. */
        RUNNING,
        /** Exited or dead: it will not run again by itself. */
        EXITED
    }

    @Override
    public String toString() {
        return "ContainerSnapshot[" + name + " " + id + " " + state + " exit code " + exitCode + "]";
    }
}
