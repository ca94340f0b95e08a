package dev.longshore.job.attempt;

import dev.longshore.job.Moment;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;

/**
 * Since and until when things are so: by this process's clock, but for slotSince. Null: not so, or not by this process.
 *
 * @param backoffUntil when the next attempt is due, the last one having failed
 * @param retryAt when an operation that failed for the connection's sake may be tried again
 * @param slotSince when the attempt had a slot and was done with the queue; null, too, where it got that from another process
 * @param runningSince when the container was first observed running
 * @param logsSought since when this process has tried to fetch the logs
 */
@RecordBuilder
public record Timing(
        Duration backoffUntil, Duration retryAt, Instant slotSince, Duration runningSince, Duration logsSought)
        implements TimingBuilder.With {
    static final Timing NONE = TimingBuilder.builder().build();

    /** It has a slot now, unless it had one before. */
    Timing inSlot(Moment now) {
        return slotSince == null ? withSlotSince(now.time()) : this;
    }

    /** The fetch of the logs begins now, unless it has begun before. */
    public Timing seekingLogs(Duration now) {
        return logsSought == null ? withLogsSought(now) : this;
    }
}
