package dev.longshore.docker.log;

import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * How far a log was read, so that it can be taken up there after a cut without a line lost or doubled. Docker's times
 * order the entries of each stream, but not those of the two among each other, so each has a place of its own.
 */
final class LogPosition {
    /** An entry of one stream may be stored so much later than a newer one of the other. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final LogQuery query;
    private final StreamPosition stdout = new StreamPosition();
    private final StreamPosition stderr = new StreamPosition();
    /** Nothing before it was asked for. */
    private Instant first;

    private boolean gap;

    LogPosition(LogQuery query) {
        this.query = query;
        first = query.since();
    }

    private final class StreamPosition {
        private Instant last;
        /** Entries read so far that have this time: the pieces of one line do. */
        private int withLast;
        /** After a cut, until an entry comes that is new: how many of those are still expected once more. */
        private int known;
        /** After a cut: those came, so all that follows is new. */
        private boolean passed;

        private boolean resumed;
        /** Not by us: what follows need not be all that was sent before. */
        private boolean byDaemon;

        private byte[] lastBytes;

        boolean take(LogEntry entry, boolean isKnown) {
            var time = entry.time();
            if (isKnown && (!resumed || passed) && last != null && (time.isBefore(last) || isLast(entry))) {
                resume();
                byDaemon = true;
            }
            if (resumed && last != null) {
                // A clock may have been set back.
                if (time.isBefore(last) && !passed) {
                    return false;
                }
                if (time.equals(last) && known > 0) {
                    known--;
                    passed = known == 0;
                    return false;
                }
            }
            // The daemon has what is newer than the last entry, and that one no more: it has thrown away a file of its
            // log.
            gap |= resumed && !byDaemon && last != null && time.isAfter(last) && known > 0;
            resumed = false;
            withLast = time.equals(last) ? withLast + 1 : 1;
            last = time;
            lastBytes = entry.bytes();
            return true;
        }

        /** Of two pieces of one line, which have one time, the first does not end it. */
        private boolean isLast(LogEntry entry) {
            var bytes = entry.bytes();
            return entry.time().equals(last)
                    && bytes.length > 0
                    && bytes[bytes.length - 1] == '\n'
                    && Arrays.equals(bytes, lastBytes);
        }

        void resume() {
            resumed = true;
            byDaemon = false;
            passed = false;
            known = withLast;
        }

        /** What is older than what is asked for does not come again. */
        void resumeFrom(Instant since) {
            if (last != null && last.isBefore(since)) {
                known = 0;
            }
        }
    }

    /** Whether the entry is to be passed on: it was not before. */
    boolean take(LogEntry entry) {
        return take(entry, false);
    }

    /**
     * As {@link #take(LogEntry)}.
     *
     * @param isKnown whether an entry of this time came before, from a daemon that gives each line another: it may read a file once
     *     more from its beginning when it rotates the log
     */
    boolean take(LogEntry entry, boolean isKnown) {
        if (first == null && query.tail() != null) {
            first = entry.time();
        }
        return (entry.isStderr() ? stderr : stdout).take(entry, isKnown);
    }

    /**
     * Whether all that is new comes in a part of the log that begins with this entry, as they were written one after the other: it is
     * known itself, and no entry of its time is the last of its stream, of which there may be some more before it.
     */
    boolean isBehind(LogEntry first) {
        var last = latest(stdout.last, stderr.last);
        return last != null
                && first.time().isBefore(last)
                && !first.time().equals(stdout.last)
                && !first.time().equals(stderr.last);
    }

    /** What is older than this entry does not come again. */
    void resumeFrom(LogEntry first) {
        stdout.resumeFrom(first.time());
        stderr.resumeFrom(first.time());
    }

    /** Whether, since this was asked last, entries may have been thrown away between two that were taken. */
    boolean sawGap() {
        var before = gap;
        gap = false;
        return before;
    }

    /**
     * What to ask for after a cut; entries that are known already may come once more, and are not taken.
     *
     * @param opened when the log was opened first, or null
     */
    LogQuery resume(Instant opened) {
        stdout.resume();
        stderr.resume();
        var last = latest(stdout.last, stderr.last);
        if (last != null) {
            var since = latest(first, last.minus(OVERLAP));
            stdout.resumeFrom(since);
            stderr.resumeFrom(since);
            return new LogQuery(query.follow(), null, since);
        }
        // Of what there was nothing was asked for; all that came since was.
        return query.tail() == null || opened == null
                ? query
                : new LogQuery(query.follow(), null, latest(first, opened));
    }

    private static Instant latest(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
