package dev.longshore.docker.log;

import dev.longshore.docker.DockerException;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Looks now and then whether a log that is followed comes whole: a daemon whose log is rotated faster than it is sent skips
 * what it has thrown away, and says nothing. The newest entries are read once more, on a thread of their own so that
 * following continues, and compared with what came and comes until a later one has. So is what there still is at the end. What
 * the daemon had thrown away by then, and between two looks, is not noticed. Entries of which it is not known whether they came are
 * never taken for a gap.
 *
 * <p>Every field is guarded by this object.
 */
final class LogSpotCheck {
    /** A log that fills no file meanwhile needs no check. */
    private static final int ENTRIES_BETWEEN = 1_000;

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration READING = Duration.ofSeconds(5);
    private static final int NEWEST = 200;
    private static final int REMEMBERED = 16_384;
    /** If more comes while the newest are read, it is left at that. */
    private static final int MOST = 100_000;

    /** In the order in which they came. */
    private final Set<Key> recent = new LinkedHashSet<>();

    private Duration pause = SHORTEST;
    private long began = System.nanoTime();
    private int since;
    private boolean reading;
    /** Those that have yet to come, the last of which is the newest; null while none is looked for. */
    private Set<Key> missing;

    private Key newest;
    private boolean gap;
    /** By stream: the time of the entry that came last, and, at the end, of the first that is remembered. */
    private final Map<Boolean, Instant> last = new HashMap<>();

    private final Map<Boolean, Instant> oldest = new HashMap<>();
    /** The daemon's clock was set back: times say nothing any more of what came first. */
    private boolean unordered;

    private record Key(boolean isStderr, Instant time) {
        static Key of(LogEntry entry) {
            return new Key(entry.isStderr(), entry.time());
        }
    }

    /** Called with each entry that comes and had not. */
    synchronized void came(LogEntry entry, LogConnection log) {
        var key = Key.of(entry);
        var before = last.put(key.isStderr(), key.time());
        unordered |= before != null && key.time().isBefore(before);
        recent.add(key);
        forgetMoreThan(reading ? MOST : REMEMBERED);
        compare(key);
        since++;
        if (!reading && missing == null && since >= ENTRIES_BETWEEN && System.nanoTime() - began > pause.toNanos()) {
            reading = true;
            Watchdog.daemonThread(() -> read(log), "docker-log-check").start();
        }
    }

    /** Whether it is one of those that came last. */
    synchronized boolean knows(LogEntry entry) {
        return recent.contains(Key.of(entry));
    }

    private void forgetMoreThan(int most) {
        for (var eldest = recent.iterator(); recent.size() > most; ) {
            eldest.next();
            eldest.remove();
        }
    }

    /**
     * Called with each entry that is read once more at the end, in the order of the log.
     *
     * @param isNew whether it had not come, and is after all of its stream that had
     */
    synchronized void cameAtEnd(LogEntry entry, boolean isNew) {
        var key = Key.of(entry);
        if (isNew) {
            compare(key);
            return;
        }
        var first = oldest.computeIfAbsent(key.isStderr(), this::oldest);
        gap |= first != null && key.time().isAfter(first) && !recent.contains(key);
    }

    private Instant oldest(boolean isStderr) {
        return recent.stream()
                .filter(key -> key.isStderr() == isStderr)
                .findFirst()
                .map(Key::time)
                .orElse(null);
    }

    /** All has come: what is still looked for does not. */
    synchronized void ended() {
        gap |= missing != null && !missing.isEmpty();
        missing = null;
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
                || found.getFirst().time().isBefore(recent.iterator().next().time())) {
            return;
        }
        newest = found.getLast();
        missing = new HashSet<>(found);
        missing.removeIf(key -> key.isStderr() != newest.isStderr());
        for (var key : recent) {
            compare(key);
        }
        forgetMoreThan(REMEMBERED);
    }

    /** Whether, since this was asked last, entries were found that have not come. */
    synchronized boolean sawGap() {
        var before = gap;
        gap = false;
        return before && !unordered;
    }
}
