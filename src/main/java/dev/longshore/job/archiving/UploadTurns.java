package dev.longshore.job.archiving;

import dev.longshore.job.HostKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Who may upload: a few at once, and of one host no more than leave room for another; hosts take turns, those of one in order.
 * From any thread; those whose turn it is begin without the lock.
 */
final class UploadTurns<T> {
    private static final int OF_ONE_HOST = 2;

    private final int most;
    private final Consumer<T> begin;
    private final Map<HostKey, Deque<T>> waiting = new LinkedHashMap<>();
    private final Map<HostKey, Integer> active = new HashMap<>();
    private int count;

    /** @param begin starts one and returns at once */
    UploadTurns(int most, Consumer<T> begin) {
        this.most = most;
        this.begin = begin;
    }

    void enter(HostKey host, T upload) {
        synchronized (this) {
            waiting.computeIfAbsent(host, key -> new ArrayDeque<>()).add(upload);
        }
        beginNext();
    }

    /** One that began is done. */
    void done(HostKey host) {
        synchronized (this) {
            count--;
            active.computeIfPresent(host, (key, some) -> some == 1 ? null : some - 1);
        }
        beginNext();
    }

    private void beginNext() {
        take().forEach(begin);
    }

    private synchronized List<T> take() {
        var taken = new ArrayList<T>();
        var again = new LinkedHashMap<HostKey, Deque<T>>();
        for (Iterator<Map.Entry<HostKey, Deque<T>>> hosts = waiting.entrySet().iterator();
                hosts.hasNext() && count < most; ) {
            var host = hosts.next();
            var some = active.getOrDefault(host.getKey(), 0);
            if (some >= OF_ONE_HOST) {
                continue;
            }
            taken.add(host.getValue().remove());
            active.put(host.getKey(), some + 1);
            count++;
            hosts.remove();
            if (!host.getValue().isEmpty()) {
                again.put(host.getKey(), host.getValue());
            }
        }
        // Behind the others.
        waiting.putAll(again);
        if (!again.isEmpty() && count < most && !taken.isEmpty()) {
            taken.addAll(take());
        }
        return taken;
    }
}
