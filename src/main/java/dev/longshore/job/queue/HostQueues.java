package dev.longshore.job.queue;

import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The queues of all hosts, and what others are notified of. It is the lock that guards them; notifications are delivered after it is
 * released.
 */
final class HostQueues {
    private final Map<HostKey, SlotQueue> queues = new HashMap<>();
    private final SyncBarrier barrier;
    private final Consumer<JobKey> enqueue;
    private final Consumer<HostKey> loadChanged;
    private final Supplier<Duration> uptime;

    HostQueues(
            Consumer<JobKey> enqueue,
            Consumer<HostKey> loadChanged,
            BiConsumer<Duration, Runnable> later,
            Supplier<Duration> uptime) {
        this.enqueue = enqueue;
        this.loadChanged = loadChanged;
        this.uptime = uptime;
        this.barrier = new SyncBarrier(later, host -> changeQueue(host, SlotQueue::unbar));
    }

    SyncBarrier barrier() {
        return barrier;
    }

    /** To be used under the lock. */
    SlotQueue of(HostKey host) {
        return queues.computeIfAbsent(host, key -> new SlotQueue(barrierOf(key), uptime));
    }

    private Turns.Barrier barrierOf(HostKey host) {
        return new Turns.Barrier() {
            @Override
            public boolean isOpen(Applicant job, boolean fairSharing) {
                return barrier.isOpen(host, job, fairSharing);
            }

            @Override
            public boolean isSynced() {
                return barrier.isSynced(host);
            }
        };
    }

    void change(Consumer<Notifications> change) {
        var notifications = new Notifications();
        synchronized (this) {
            change.accept(notifications);
        }
        deliver(notifications);
    }

    /** Not under the lock. */
    void deliver(Notifications notifications) {
        notifications.deliver(loadChanged, enqueue);
    }

    /** @param change returns whether it may be another's turn because of it */
    void changeQueue(HostKey host, Predicate<SlotQueue> change) {
        change(notifications -> {
            if (change.test(of(host))) {
                notifications.changed(host, of(host).toEnqueue());
            }
        });
    }
}
