package dev.longshore.job.queue;

import dev.longshore.job.JobKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The slots of all hosts. A job waits in the queue of each host that it may run on, and runs on one. Called by reconciling
 * threads, one per job, and by the threads of hosts. One lock guards all queues, held for microseconds; whoever has to
 * reconcile because of a change is enqueued after it was let go.
 */
public final class Slots {
    /**
     * A host that a job may run on, and how many slots it has.
     *
     * @param atOnce how many of them those may have whose containers do not run yet
     */
    public record Candidate(String host, int slots, int atOnce) {
        public Candidate(String host, int slots) {
            this(host, slots, Integer.MAX_VALUE);
        }
    }

    /** Where a job stands, on which host, and how long it has waited; the host is null for one that waits. */
    public record Admission(SlotQueue.Position position, String host, Duration waited) {}

    private final Map<String, SlotQueue> queues = new HashMap<>();
    private final Map<String, Set<Candidate>> candidates = new HashMap<>();
    private final Map<String, Duration> waitingSince = new HashMap<>();
    private final SyncBarrier barrier;
    private final Consumer<JobKey> enqueue;
    private final Consumer<String> loadChanged;

    /** @param later does something that takes no time, after a while */
    public Slots(Consumer<JobKey> enqueue, Consumer<String> loadChanged, BiConsumer<Duration, Runnable> later) {
        this.enqueue = enqueue;
        this.loadChanged = loadChanged;
        this.barrier = new SyncBarrier(later, this::opened);
    }

    /** What keeps the slots of a host back. */
    public SyncBarrier barrier() {
        return barrier;
    }

    private void opened(String host) {
        var notifications = new Notifications();
        synchronized (this) {
            notifications.changed(host, queue(host).toEnqueue());
        }
        notifications.deliver();
    }

    /**
     * Where the job stands now: it gets a slot on the first of these hosts where it is its turn; if on none, it waits for
     * one on all of them, and for no others.
     *
     * @param now uptime
     */
    public Admission admit(SlotQueue.Applicant applicant, List<Candidate> wanted, Duration now) {
        var notifications = new Notifications();
        Admission admission;
        synchronized (this) {
            var position = admit(applicant, wanted, notifications);
            admission = new Admission(position.position(), position.host(), waited(applicant, position, now));
        }
        notifications.deliver();
        return admission;
    }

    private Duration waited(SlotQueue.Applicant applicant, Admission position, Duration now) {
        var uid = applicant.job().uid();
        if (position.position() != SlotQueue.Position.SLOT) {
            return now.minus(waitingSince.computeIfAbsent(uid, first -> now));
        }
        waitingSince.remove(uid);
        return Duration.ZERO;
    }

    private Admission admit(SlotQueue.Applicant applicant, List<Candidate> wanted, Notifications notifications) {
        var uid = applicant.job().uid();
        var names = wanted.stream().map(Candidate::host).collect(Collectors.toSet());
        var before = candidates.getOrDefault(uid, Set.of());
        before.stream()
                .filter(candidate -> !names.contains(candidate.host()))
                .forEach(candidate -> release(candidate.host(), uid, notifications));
        var held = wanted.stream()
                .filter(candidate -> queue(candidate.host()).holds(uid))
                .findFirst();
        if (held.isPresent()
                && queue(held.get().host()).runningCount()
                        <= queue(held.get().host())
                                .limit(held.get().slots(), held.get().atOnce())) {
            // Its own slot is part of the load by which hosts are chosen: it stays.
            keepOnly(held.get(), uid, notifications);
            return new Admission(SlotQueue.Position.SLOT, held.get().host(), Duration.ZERO);
        }
        // Who asks does not run yet: it gives up its slot where there are fewer now.
        held.ifPresent(candidate -> release(candidate.host(), uid, notifications));
        candidates.put(uid, new LinkedHashSet<>(wanted));
        var next = new Admission(SlotQueue.Position.WAITING, null, Duration.ZERO);
        for (var candidate : wanted) {
            var queue = queue(candidate.host());
            var first = queue.next();
            var position = queue.admit(applicant, candidate.slots(), candidate.atOnce());
            if (position == SlotQueue.Position.SLOT) {
                keepOnly(candidate, uid, notifications);
                // There may be more free slots than one.
                notifications.changed(candidate.host(), queue.firstNowAnd(first));
                return new Admission(position, candidate.host(), Duration.ZERO);
            }
            var isAsBefore = queue.next().equals(first);
            notifications.changed(candidate.host(), isAsBefore ? Set.of() : queue.firstNowAnd(first));
            // A job that may still go to another host is the next one of none.
            if (position == SlotQueue.Position.NEXT && wanted.size() == 1) {
                next = new Admission(position, candidate.host(), Duration.ZERO);
            }
        }
        return next;
    }

    /** The same once more, for a job that has asked and is busy with something else. */
    public void admitAgain(String uid, Duration now) {
        SlotQueue.Applicant applicant = null;
        List<Candidate> wanted;
        synchronized (this) {
            wanted = List.copyOf(candidates.getOrDefault(uid, Set.of()));
            for (var candidate : wanted) {
                applicant = queue(candidate.host()).waiting(uid).orElse(applicant);
            }
        }
        if (applicant != null) {
            admit(applicant, wanted, now);
        }
    }

    private void keepOnly(Candidate candidate, String uid, Notifications notifications) {
        candidates.getOrDefault(uid, Set.of()).stream()
                .filter(other -> !other.host().equals(candidate.host()))
                .forEach(other -> release(other.host(), uid, notifications));
        candidates.put(uid, new LinkedHashSet<>(Set.of(candidate)));
    }

    /** A container of the job runs on the host. What it has of other hosts is not for this one to take. */
    public void reserve(String host, String uid) {
        var notifications = new Notifications();
        synchronized (this) {
            var all = new LinkedHashSet<>(candidates.getOrDefault(uid, Set.of()));
            if (all.stream().noneMatch(candidate -> candidate.host().equals(host))) {
                all.add(new Candidate(host, 0));
            }
            candidates.put(uid, all);
            queue(host).reserve(uid);
            notifications.changed(host, Set.of());
        }
        notifications.deliver();
    }

    /** All containers that run on the host and are of no job that could be there: they take slots of this host alone. */
    public void strangers(String host, Set<String> containers) {
        var notifications = new Notifications();
        synchronized (this) {
            var queue = queue(host);
            var before = queue.runningCount();
            queue.strangers(containers);
            if (queue.runningCount() != before) {
                notifications.changed(host, queue.toEnqueue());
            }
        }
        notifications.deliver();
    }

    /** A container has ended or is gone, or its job is known now. */
    public void noStranger(String host, String container) {
        var notifications = new Notifications();
        synchronized (this) {
            var queue = queue(host);
            if (queue.noStranger(container)) {
                notifications.changed(host, queue.toEnqueue());
            }
        }
        notifications.deliver();
    }

    /** There may be a slot for one that waits, though none was released. */
    public void requeue(String host) {
        var notifications = new Notifications();
        synchronized (this) {
            var queue = queue(host);
            notifications.changed(host, queue.firstOfEachDeferred());
            notifications.changed(host, queue.toEnqueue());
        }
        notifications.deliver();
    }

    /** All that wait for the host may have a turn, in their order. */
    public void deferNone(String host) {
        var notifications = new Notifications();
        synchronized (this) {
            queue(host).deferNone();
            notifications.changed(host, queue(host).toEnqueue());
        }
        notifications.deliver();
    }

    /** A job that has a slot waits for an image, or does so no more. */
    public void pulls(String host, String uid, boolean now) {
        var notifications = new Notifications();
        synchronized (this) {
            if (queue(host).pulls(uid, now) && now) {
                notifications.changed(host, queue(host).toEnqueue());
            }
        }
        notifications.deliver();
    }

    /** The job needs no slot and waits for none. */
    public void release(String uid) {
        var notifications = new Notifications();
        synchronized (this) {
            release(uid, notifications);
        }
        notifications.deliver();
    }

    /** No container of the job runs any more. If it waits, with one that was pre-created and dropped, it keeps its place. */
    public void releaseSlot(String uid) {
        var notifications = new Notifications();
        synchronized (this) {
            if (holds(uid)) {
                release(uid, notifications);
            }
        }
        notifications.deliver();
    }

    private void release(String uid, Notifications notifications) {
        waitingSince.remove(uid);
        var from = candidates.remove(uid);
        if (from != null) {
            from.forEach(candidate -> release(candidate.host(), uid, notifications));
        }
    }

    private void release(String host, String uid, Notifications notifications) {
        var queue = queue(host);
        queue.release(uid);
        notifications.changed(host, queue.toEnqueue());
    }

    /** Whether the job has a slot of any host. */
    public synchronized boolean holds(String uid) {
        return candidates.getOrDefault(uid, Set.of()).stream()
                .anyMatch(candidate -> queue(candidate.host()).holds(uid));
    }

    /** Whether the job has a slot or waits for one. */
    public synchronized boolean isQueued(String uid) {
        return candidates.containsKey(uid);
    }

    public synchronized int running(String host) {
        return queue(host).runningCount();
    }

    /** @param held those that wait for the host itself; one that has asked for a slot since counts once */
    public synchronized int waiting(String host, Collection<String> held) {
        return queue(host).waitingCount()
                + (int) held.stream()
                        .filter(uid -> !candidates.containsKey(uid))
                        .count();
    }

    private SlotQueue queue(String host) {
        return queues.computeIfAbsent(host, key -> new SlotQueue(() -> barrier.isOpen(key)));
    }

    /** Collected under the lock, told without it. */
    private final class Notifications {
        private final Set<String> hosts = new LinkedHashSet<>();
        private final Set<JobKey> jobs = new LinkedHashSet<>();

        void changed(String host, Set<JobKey> requeueAfter) {
            hosts.add(host);
            jobs.addAll(requeueAfter);
        }

        void deliver() {
            hosts.forEach(loadChanged);
            jobs.forEach(enqueue);
        }
    }
}
