package dev.longshore.job.archiving;

import dev.longshore.job.HostKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Who may upload: a few at once, and of one host no more than leave room for another; hosts take turns, those of one in order.
 * From any thread; those whose turn it is begin without the lock.
 */
final class UploadTurns<T> {
    private static final int OF_ONE_HOST = 2;

    private final int most;
    private final Predicate<HostKey> ready;
    private final Consumer<T> begin;
    private final Map<HostKey, Deque<T>> waiting = new LinkedHashMap<>();
    private final Map<HostKey, Integer> active = new HashMap<>();
    private int count;

    /**
     * @param ready those of a host that is not wait
     * @param begin starts one and returns at once
     */
    UploadTurns(int most, Predicate<HostKey> ready, Consumer<T> begin) {
        this.most = most;
        this.ready = ready;
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

    /** A host may be ready now. */
    void beginNext() {
        take().forEach(begin);
    }

    /** Takes out what waits, if it is to go. */
    synchronized List<T> removeIf(Predicate<T> goes) {
        var gone = new ArrayList<T>();
        waiting.values().forEach(some -> some.removeIf(one -> goes.test(one) && gone.add(one)));
        waiting.values().removeIf(Deque::isEmpty);
        return gone;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    private synchronized List<T> take() {
        var taken = new ArrayList<T>();
        for (var more = true; more; ) {
            var before = taken.size();
            // In the order of this round; those that are taken go behind the others.
            List.copyOf(waiting.keySet()).forEach(host -> takeOne(host, taken));
            more = taken.size() > before;
        }
        return taken;
    }

    private void takeOne(HostKey host, List<T> taken) {
        var some = active.getOrDefault(host, 0);
        if (count >= most || some >= OF_ONE_HOST || !ready.test(host)) {
            return;
        }
        var queue = waiting.remove(host);
        taken.add(queue.remove());
        active.put(host, some + 1);
        count++;
        if (!queue.isEmpty()) {
            waiting.put(host, queue);
        }
    }
}
