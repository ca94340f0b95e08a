package dev.longshore.job.attempt;

/**
 * An operation in progress on a daemon.
 *
 * @param pulling whether it waits for an image
 */
public record InFlight(Operation.Kind kind, String host, boolean pulling) {
    InFlight pulling(boolean now) {
        return new InFlight(kind, host, now);
    }
}
