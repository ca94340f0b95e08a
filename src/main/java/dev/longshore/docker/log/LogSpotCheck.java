package dev.longshore.docker.log;

import dev.longshore.docker.DockerException;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * Looks now and then whether a log that is followed comes whole: a daemon whose log is rotated faster than it is sent skips
 * what it has thrown away, and says nothing. The newest entries are read once more, on a thread of their own so that
 * following continues, and compared with what came and comes until a later one has.
 *
 * <p>Every field is guarded by this object.
 */
final class LogSpotCheck {
    /** A log that fills no file meanwhile needs no check. */
    private static final int ENTRIES_BETWEEN = 1_000;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration READING = Duration.ofSeconds(5);
    private static final int NEWEST = 200;
    private static final int REMEMBERED = 4_096;
    /** If more comes while the newest are read, it is left at that. */
    private static final int MOST = 100_000;

    private final ArrayDeque<Key> recent = new ArrayDeque<>();
    private Duration pause = SHORTEST;
    private long began = System.nanoTime();
    private int since;
    private boolean reading;
    /** Those that have yet to come, the last of which is the newest; null while none is looked for. */
    private Set<Key> missing;

    private Key newest;
    private boolean gap;

    private record Key(boolean isStderr, Instant time) {
        static Key of(LogEntry entry) {
            return new Key(entry.isStderr(), entry.time());
        }
    }

    /** Called with each entry that comes. */
    synchronized void came(LogEntry entry, LogConnection log) {
        var key = Key.of(entry);
        recent.add(key);
        if (recent.size() > (reading ? MOST : REMEMBERED)) {
            recent.remove();
        }
        compare(key);
        since++;
        if (!reading && missing == null && since >= ENTRIES_BETWEEN && System.nanoTime() - began > pause.toNanos()) {
            reading = true;
            Watchdog.daemonThread(() -> read(log), "docker-log-check").start();
        }
    }

    private void compare(Key key) {
        if (missing == null) {
            return;
        }
        missing.remove(key);
        if (key.isStderr() == newest.isStderr() && key.time().isAfter(newest.time())) {
            gap |= !missing.isEmpty();
            missing = null;
            since = 0;
            began = System.nanoTime();
            pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        }
    }

    private void read(LogConnection log) {
        var found = new ArrayDeque<Key>();
        try (var stream = log.engine().openLog(log.container().id(), new LogQuery(false, NEWEST, null));
                var watch = Watchdog.watch(READING, stream::close)) {
            for (var entry = stream.next(); entry != null; entry = stream.next()) {
                found.add(Key.of(entry));
            }
        } catch (DockerException e) {
            // Whoever follows the log gets the same error.
            found.clear();
        }
        compareNewest(found);
    }

    /** The two streams have no order among each other: those of one are compared. */
    private synchronized void compareNewest(ArrayDeque<Key> found) {
        reading = false;
        since = 0;
        if (found.isEmpty()
                || recent.size() >= MOST
                || found.getFirst().time().isBefore(recent.getFirst().time())) {
            return;
        }
        newest = found.getLast();
        missing = new HashSet<>(found);
        missing.removeIf(key -> key.isStderr() != newest.isStderr());
        for (var key : recent) {
            compare(key);
        }
        while (recent.size() > REMEMBERED) {
            recent.remove();
        }
    }

    /** Whether, since this was asked last, entries were found that have not come. */
    synchronized boolean sawGap() {
        var before = gap;
        gap = false;
        return before;
    }
}
