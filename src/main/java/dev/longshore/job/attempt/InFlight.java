package dev.longshore.job.attempt;

import dev.longshore.job.HostKey;

/**
 * An operation in progress on a daemon.
 *
 * @param pulling whether it waits for an image
 */
public record InFlight(Operation.Kind kind, HostKey host, boolean pulling) {
    InFlight pulling(boolean now) {
        return new InFlight(kind, host, now);
    }
}
