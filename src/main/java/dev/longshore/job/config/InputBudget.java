package dev.longshore.job.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Bounds what the containers that are being created hold of Secrets and ConfigMaps at once, for all hosts together: a pull may
 * take an hour. Small inputs, as nearly all are, count for nothing; no namespace takes more than half. From any thread.
 */
public final class InputBudget {
    static final long MOST = 32 << 20;
    static final long MOST_OF_ONE_NAMESPACE = MOST / 2;
    static final long SMALL = 64 << 10;
    /** For those who have to wait. */
    public static final String FULL =
            "queued: containers being created already use all memory for Secrets and ConfigMaps;"
                    + " jobs that use less than 64 KiB of them are not queued";

    private final Map<String, Long> taken = new HashMap<>();
    private long all;

    /** False where it has to be tried again, later; else {@link #give} has to be called. */
    public synchronized boolean take(String namespace, long bytes) {
        if (bytes <= SMALL) {
            return true;
        }
        var own = taken.getOrDefault(namespace, 0L);
        if (all + bytes > MOST || own + bytes > MOST_OF_ONE_NAMESPACE) {
            return false;
        }
        all += bytes;
        taken.put(namespace, own + bytes);
        return true;
    }

    public synchronized void give(String namespace, long bytes) {
        if (bytes > SMALL) {
            all -= bytes;
            taken.computeIfPresent(namespace, (name, own) -> own == bytes ? null : own - bytes);
        }
    }
}
