package dev.longshore.job.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Turns at reading Secrets and ConfigMaps. A few at once, since each may hold several MiB meanwhile; and one of each namespace,
 * so that it keeps one thread, however much it has to read and however slowly the API server answers. Nobody waits for a turn
 * with a thread: those who get none come again, one of a namespace after the other. From any thread.
 */
final class InputTurns {
    static final Duration APART = Duration.ofMillis(10);
    static final Duration LONGEST = Duration.ofSeconds(5);

    private final int atOnce;
    private final Set<String> reading = new HashSet<>();
    /** By namespace, when the last of it comes that got no turn. */
    private final Map<String, Duration> coming = new HashMap<>();

    InputTurns(int atOnce) {
        this.atOnce = atOnce;
    }

    /**
     * @param now by this process's clock
     * @throws InputsBusy where there is no turn
     */
    <T> T take(String namespace, Duration now, Supplier<T> read) {
        begin(namespace, now);
        try {
            return read.get();
        } finally {
            end(namespace);
        }
    }

    private synchronized void begin(String namespace, Duration now) {
        coming.values().removeIf(time -> time.compareTo(now) <= 0);
        if (reading.size() < atOnce && reading.add(namespace)) {
            return;
        }
        var behind = coming.getOrDefault(namespace, now).minus(now).plus(APART);
        var again = behind.compareTo(LONGEST) < 0 ? behind : LONGEST;
        coming.put(namespace, now.plus(again));
        throw new InputsBusy(again);
    }

    private synchronized void end(String namespace) {
        reading.remove(namespace);
    }
}
