package dev.longshore.docker;

import java.time.Instant;

/**
 * Which part of a container's log is wanted.
 *
 * @param follow whether to follow until the container exits
 * @param tail no more than so many of the entries that there are, over both streams; null: all
 * @param since entries from this time on, by the daemon's clock; null: all
 */
public record LogQuery(boolean follow, Integer tail, Instant since) {
    public static final LogQuery ALL = new LogQuery(false, null, null);
}
