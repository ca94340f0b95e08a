package dev.longshore.simulation;

import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogStream;
import java.time.Instant;

/** A log of one line. */
final class SimulatedLog implements LogStream {
    private LogEntry next;

    SimulatedLog(LogEntry only) {
        next = only;
    }

    @Override
    public Instant openedAt() {
        return null;
    }

    @Override
    public LogEntry next() {
        var entry = next;
        next = null;
        return entry;
    }

    @Override
    public void close() {}
}
