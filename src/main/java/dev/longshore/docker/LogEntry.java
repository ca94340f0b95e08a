package dev.longshore.docker;

import java.time.Instant;

/**
 * What a container wrote at once: a line with its end, or a piece of a line that is longer than the daemon's buffer. The
 * pieces of one line have the same time.
 *
 * @param time by the daemon's clock
 * @param bytes as they were written, in whatever encoding; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record LogEntry(boolean isStderr, Instant time, byte[] bytes) {
    @Override
    public String toString() {
        return "LogEntry[" + (isStderr ? "stderr " : "stdout ") + time + ", " + bytes.length + " bytes]";
    }
}
