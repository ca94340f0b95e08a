package dev.longshore.cli.log;

import dev.longshore.archive.ArchiveException;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.log.ArchivedLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a query wants of an archived log. The last lines are held in memory until the end of the log has come; where they are
 * too much for that, they are only counted, and read once more. One use, one thread.
 */
final class ArchivedEntries {
    private static final int MOST_HELD = 1 << 24;
    /** What an entry takes besides its bytes. */
    private static final int OVERHEAD = 64;

    private final Supplier<Optional<ArchivedLog>> log;
    private final LogQuery query;
    private final Consumer<LogEntry> output;
    private final long mostHeld;
    private final Lines lines = new Lines();
    private final Deque<Held> held = new ArrayDeque<>();
    private long heldBytes;
    private boolean isTooMuch;
    private boolean isOpened;
    private boolean isWritten;
    private long skipped;

    ArchivedEntries(Supplier<Optional<ArchivedLog>> log, LogQuery query, Consumer<LogEntry> output) {
        this(log, query, output, MOST_HELD);
    }

    ArchivedEntries(Supplier<Optional<ArchivedLog>> log, LogQuery query, Consumer<LogEntry> output, long mostHeld) {
        this.log = log;
        this.query = query;
        this.output = output;
        this.mostHeld = mostHeld;
    }

    /** @param line the number of the line that it is of, or that begun last, over both streams */
    private record Held(LogEntry entry, long line) {}

    /** Counts lines as they begin. */
    private static final class Lines {
        private final boolean[] isInLine = new boolean[2];
        private long begun;

        void count(LogEntry entry) {
            var stream = entry.isStderr() ? 1 : 0;
            begun += isInLine[stream] ? 0 : 1;
            var bytes = entry.bytes();
            isInLine[stream] = bytes.length > 0 ? bytes[bytes.length - 1] != '\n' : isInLine[stream];
        }

        void reset() {
            begun = 0;
            isInLine[0] = false;
            isInLine[1] = false;
        }
    }

    /** Whether the log was there. */
    boolean isOpened() {
        return isOpened;
    }

    boolean isWritten() {
        return isWritten;
    }

    /** Lines that are not of the format. */
    long skipped() {
        return skipped;
    }

    /**
     * @return false if the log is not there
     * @throws ArchiveException if the store fails; a part may have been written, here as below
     * @throws ArchivedLog.BrokenException if the log cannot be read to its end
     */
    boolean copy() {
        if (query.tail() == null) {
            return read(this::write);
        }
        try {
            if (!read(this::hold)) {
                return false;
            }
        } catch (ArchiveException | ArchivedLog.BrokenException e) {
            if (!isTooMuch) {
                writeHeld();
                throw e;
            }
        }
        if (isTooMuch) {
            var before = lines.begun - query.tail();
            lines.reset();
            return read(entry -> {
                lines.count(entry);
                if (lines.begun > before) {
                    write(entry);
                }
            });
        }
        writeHeld();
        return true;
    }

    private boolean read(Consumer<LogEntry> each) {
        var opened = log.get();
        if (opened.isEmpty()) {
            return false;
        }
        isOpened = true;
        try (var stream = opened.get()) {
            if (query.tail() != null && query.tail() == 0) {
                return true;
            }
            for (var entry = stream.next(); entry != null; entry = stream.next()) {
                if (query.since() == null || !entry.time().isBefore(query.since())) {
                    each.accept(entry);
                }
            }
            skipped = stream.skipped();
        }
        return true;
    }

    private void hold(LogEntry entry) {
        lines.count(entry);
        if (isTooMuch) {
            return;
        }
        held.add(new Held(entry, lines.begun));
        heldBytes += entry.bytes().length + OVERHEAD;
        while (!held.isEmpty() && held.getFirst().line() <= lines.begun - query.tail()) {
            heldBytes -= held.remove().entry().bytes().length + OVERHEAD;
        }
        if (heldBytes > mostHeld) {
            isTooMuch = true;
            held.clear();
        }
    }

    private void writeHeld() {
        held.forEach(each -> write(each.entry()));
    }

    private void write(LogEntry entry) {
        isWritten = true;
        output.accept(entry);
    }
}
