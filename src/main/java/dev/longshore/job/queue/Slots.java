package dev.longshore.job.queue;

import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The slots of all hosts. A job waits in the queue of each host that it may run on, and runs on one. Called by reconciling
 * threads, one per job, and by the threads of hosts. One lock guards all queues; jobs are enqueued after it is released.
 */
public final class Slots {
    private final Map<HostKey, SlotQueue> queues = new HashMap<>();
    private final Map<String, Set<Candidate>> candidates = new HashMap<>();
    private final Map<String, Duration> waitingSince = new HashMap<>();
    private final SyncBarrier barrier;
    private final Consumer<JobKey> enqueue;
    private final Consumer<HostKey> loadChanged;

    /** @param later does something that takes no time, after a while */
    public Slots(Consumer<JobKey> enqueue, Consumer<HostKey> loadChanged, BiConsumer<Duration, Runnable> later) {
        this.enqueue = enqueue;
        this.loadChanged = loadChanged;
        this.barrier = new SyncBarrier(later, this::enqueueNext);
    }

    /** What keeps the slots of a host back until its jobs are synced. */
    public SyncBarrier barrier() {
        return barrier;
    }

    /**
     * Gives the job a slot on the first of these hosts where it is its turn, or else queues it on each of them, and no others.
     *
     * @param now uptime
     */
    public Admission admit(Applicant applicant, List<Candidate> wanted, Duration now) {
        var notifications = new Notifications();
        Admission admission;
        synchronized (this) {
            releaseElsewhere(applicant.job().uid(), wanted, notifications);
            admission = keepHeldSlot(applicant.job().uid(), wanted, notifications)
                    .orElseGet(() -> admitOnFirst(applicant, wanted, now, notifications));
        }
        notifications.deliver(loadChanged, enqueue);
        return admission;
    }

    private void releaseElsewhere(String uid, Collection<Candidate> wanted, Notifications notifications) {
        var hosts = wanted.stream().map(Candidate::host).collect(Collectors.toSet());
        candidates.getOrDefault(uid, Set.of()).stream()
                .map(Candidate::host)
                .filter(host -> !hosts.contains(host))
                .forEach(host -> releaseOn(host, uid, notifications));
    }

    /** Its own slot is part of the load by which hosts are chosen: it keeps it, unless the host has fewer now. */
    private Optional<Admission> keepHeldSlot(String uid, List<Candidate> wanted, Notifications notifications) {
        var held = wanted.stream()
                .filter(candidate -> queue(candidate.host()).holds(uid))
                .findFirst();
        if (held.isEmpty()) {
            return Optional.empty();
        }
        var candidate = held.get();
        if (queue(candidate.host()).isOver(candidate.slots(), candidate.atOnce())) {
            // A job that applies does not run yet.
            releaseOn(candidate.host(), uid, notifications);
            return Optional.empty();
        }
        return Optional.of(slotOn(candidate, uid, notifications));
    }

    private Admission admitOnFirst(
            Applicant applicant, List<Candidate> wanted, Duration now, Notifications notifications) {
        var uid = applicant.job().uid();
        candidates.put(uid, new LinkedHashSet<>(wanted));
        var waited = now.minus(waitingSince.computeIfAbsent(uid, first -> now));
        var waiting = new Admission(QueuePosition.WAITING, null, waited);
        for (var candidate : wanted) {
            var queue = queue(candidate.host());
            var before = queue.next();
            var position = queue.admit(applicant, candidate.slots(), candidate.atOnce());
            if (position == QueuePosition.SLOT) {
                var admission = slotOn(candidate, uid, notifications);
                // There may be more free slots than one.
                notifications.changed(candidate.host(), queue.firstNowAnd(before));
                return admission;
            }
            var changed = queue.next().equals(before) ? Set.<JobKey>of() : queue.firstNowAnd(before);
            notifications.changed(candidate.host(), changed);
            // A job that may still go to another host is the next one of none.
            if (position == QueuePosition.NEXT && wanted.size() == 1) {
                waiting = new Admission(position, candidate.host(), waited);
            }
        }
        return waiting;
    }

    /** The job has a slot there, and waits for no other. */
    private Admission slotOn(Candidate candidate, String uid, Notifications notifications) {
        releaseElsewhere(uid, Set.of(candidate), notifications);
        candidates.put(uid, new LinkedHashSet<>(Set.of(candidate)));
        waitingSince.remove(uid);
        return new Admission(QueuePosition.SLOT, candidate.host(), Duration.ZERO);
    }

    /** The same once more, for a job that has applied and is busy with something else. */
    public void admitAgain(String uid, Duration now) {
        Applicant applicant = null;
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

    /** A container of the job runs on the host. What the job has of other hosts is not for this one to take. */
    public void reserve(HostKey host, String uid) {
        change(notifications -> {
            var all = candidates.computeIfAbsent(uid, none -> new LinkedHashSet<>());
            if (all.stream().noneMatch(candidate -> candidate.host().equals(host))) {
                all.add(new Candidate(host, 0));
            }
            queue(host).reserve(uid);
            notifications.changed(host, Set.of());
        });
    }

    /** All containers that run on the host and are of no job that may be there: they take slots of this host alone. */
    public void setForeign(HostKey host, Set<String> containers) {
        changeQueue(host, queue -> queue.setForeign(containers));
    }

    /** A container has ended or is gone, or its job is known now. */
    public void removeForeign(HostKey host, String container) {
        changeQueue(host, queue -> queue.removeForeign(container));
    }

    /** A job that has a slot begins or ends to pull an image. */
    public void pulls(HostKey host, String uid, boolean now) {
        changeQueue(host, queue -> queue.pulls(uid, now) && now);
    }

    /** All that wait for the host may have a turn, in their order. */
    public void deferNone(HostKey host) {
        change(notifications -> {
            queue(host).deferNone();
            notifications.changed(host, queue(host).toEnqueue());
        });
    }

    private void enqueueNext(HostKey host) {
        changeQueue(host, SlotQueue::unbar);
    }

    /** @param change returns whether there may be a slot for the next one because of it */
    private void changeQueue(HostKey host, Predicate<SlotQueue> change) {
        change(notifications -> {
            if (change.test(queue(host))) {
                notifications.changed(host, queue(host).toEnqueue());
            }
        });
    }

    /** There may be a slot for one that waits, though none was released. */
    public void requeue(HostKey host) {
        change(notifications -> notifications.changed(host, queue(host).allThatMayHaveATurn()));
    }

    /** The job needs no slot and waits for none. */
    public void release(String uid) {
        change(notifications -> releaseAll(uid, notifications));
    }

    /** No container of the job runs any more. If it waits, with one that was pre-created and dropped, it keeps its position. */
    public void releaseSlot(String uid) {
        change(notifications -> {
            if (holds(uid)) {
                releaseAll(uid, notifications);
            }
        });
    }

    private void releaseAll(String uid, Notifications notifications) {
        waitingSince.remove(uid);
        Optional.ofNullable(candidates.remove(uid)).stream()
                .flatMap(Set::stream)
                .forEach(candidate -> releaseOn(candidate.host(), uid, notifications));
    }

    private void releaseOn(HostKey host, String uid, Notifications notifications) {
        if (queue(host).release(uid)) {
            notifications.changed(host, queue(host).toEnqueue());
        }
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

    public synchronized int running(HostKey host) {
        return queue(host).runningCount();
    }

    /** @param held those that wait for the host itself; one that has applied for a slot since counts once */
    public synchronized int waiting(HostKey host, Collection<String> held) {
        return queue(host).waitingCount()
                + (int) held.stream()
                        .filter(uid -> !candidates.containsKey(uid))
                        .count();
    }

    private SlotQueue queue(HostKey host) {
        return queues.computeIfAbsent(host, key -> new SlotQueue(job -> barrier.isOpen(key, job)));
    }

    private void change(Consumer<Notifications> change) {
        var notifications = new Notifications();
        synchronized (this) {
            change.accept(notifications);
        }
        notifications.deliver(loadChanged, enqueue);
    }
}
