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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The slots of all hosts. A job waits in the queue of each host that it may run on, and runs on one. Called by reconciling
 * threads, one per job, and by the threads of hosts. One lock guards all queues; jobs are enqueued after it is released.
 */
public final class Slots {
    private final HostQueues queues;
    private final Map<String, Set<Candidate>> candidates = new HashMap<>();
    private final Map<String, Duration> waitingSince = new HashMap<>();

    /**
     * @param later does something that takes no time, after a while
     * @param uptime the time now
     */
    public Slots(
            Consumer<JobKey> enqueue,
            Consumer<HostKey> loadChanged,
            BiConsumer<Duration, Runnable> later,
            Supplier<Duration> uptime) {
        this.queues = new HostQueues(enqueue, loadChanged, later, uptime);
    }

    /** Those of a host, whichever jobs have them. */
    public HostSlots on(HostKey host) {
        return new HostSlots(queues, host);
    }

    /** What keeps the slots of a host back until its jobs are synced. */
    public SyncBarrier barrier() {
        return queues.barrier();
    }

    /**
     * Gives the job a slot and room on the first of these hosts where it is its turn, or else queues it on each of them, and no
     * others. Others wait behind it on the first only.
     *
     * @param now uptime
     */
    public Admission admit(Applicant applicant, List<Candidate> wanted, Duration now) {
        var notifications = new Notifications();
        Admission admission;
        synchronized (queues) {
            releaseElsewhere(applicant.job().uid(), wanted, notifications);
            admission = keepHeldSlot(applicant, wanted, notifications)
                    .orElseGet(() -> admitOnFirst(applicant, wanted, now, notifications));
        }
        queues.deliver(notifications);
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
    private Optional<Admission> keepHeldSlot(Applicant applicant, List<Candidate> wanted, Notifications notifications) {
        var uid = applicant.job().uid();
        var held = wanted.stream()
                .filter(candidate -> queue(candidate.host()).holds(uid))
                .findFirst();
        if (held.isEmpty()) {
            return Optional.empty();
        }
        var candidate = held.get();
        var queue = queue(candidate.host());
        if (queue.takeIfOver(applicant, candidate)) {
            notifications.changed(candidate.host(), queue.toEnqueue());
            return Optional.empty();
        }
        return Optional.of(slotOn(candidate, uid, notifications));
    }

    private Admission admitOnFirst(
            Applicant applicant, List<Candidate> wanted, Duration now, Notifications notifications) {
        var uid = applicant.job().uid();
        candidates.put(uid, new LinkedHashSet<>(wanted));
        var since = waitingSince.computeIfAbsent(uid, first -> now);
        var position = QueuePosition.WAITING;
        for (var candidate : wanted) {
            var queue = queue(candidate.host());
            var before = queue.inTurn();
            var keepsPosition = candidate.equals(wanted.get(0));
            position = queue.admit(
                    new Waiting(applicant, candidate.demand(), keepsPosition, candidate.atOnce(), since),
                    candidate.terms());
            if (position == QueuePosition.SLOT) {
                var admission = slotOn(candidate, uid, notifications);
                // There may be room for more than one.
                notifications.changed(candidate.host(), queue.inTurnAnd(before));
                return admission;
            }
            var changed = queue.inTurn().equals(before) ? Set.<JobKey>of() : queue.inTurnAnd(before);
            notifications.changed(candidate.host(), changed);
        }
        // A job that may still go to another host is the next one of none.
        var isNext = position == QueuePosition.NEXT && wanted.size() == 1;
        return new Admission(
                isNext ? QueuePosition.NEXT : QueuePosition.WAITING,
                isNext ? wanted.get(0).host() : null,
                now.minus(since),
                Room.NONE,
                wanted.isEmpty() ? Set.of() : queue(wanted.get(0).host()).lacks(uid));
    }

    /** The job has a slot there, and waits for no other. */
    private Admission slotOn(Candidate candidate, String uid, Notifications notifications) {
        releaseElsewhere(uid, Set.of(candidate), notifications);
        candidates.put(uid, new LinkedHashSet<>(Set.of(candidate)));
        waitingSince.remove(uid);
        var room = queue(candidate.host()).room(uid).orElse(Room.NONE);
        return new Admission(QueuePosition.SLOT, candidate.host(), Duration.ZERO, room, Set.of());
    }

    /** The same once more, for a job that has applied and is busy with something else. */
    public void admitAgain(String uid, Duration now) {
        List<Candidate> wanted;
        Optional<Waiting> waiting;
        synchronized (queues) {
            // On the terms of now, which may have changed since.
            wanted = candidates.getOrDefault(uid, Set.of()).stream()
                    .map(candidate -> candidate.on(queue(candidate.host()).terms()))
                    .toList();
            waiting = wanted.stream()
                    .flatMap(candidate -> queue(candidate.host()).waiting(uid).stream())
                    .findFirst();
        }
        waiting.ifPresent(job -> admit(job.applicant(), wanted, now));
    }

    /**
     * A container of the job runs on the host. What the job has of other hosts is not for this one to take.
     *
     * @param room what the container holds, if that is not known here
     */
    public void reserve(HostKey host, JobKey job, Room room) {
        queues.change(notifications -> {
            addCandidate(host, job.uid());
            var waited = queue(host).reserve(job, room);
            notifications.changed(host, waited ? queue(host).toEnqueue() : Set.of());
        });
    }

    /** The job is bound to a container on the host that may start later: nobody else gets its room until then. */
    public void reserveRoom(HostKey host, JobKey job, Room room) {
        queues.change(notifications -> {
            addCandidate(host, job.uid());
            queue(host).reserveRoom(job, room);
            notifications.changed(host, Set.of());
        });
    }

    private void addCandidate(HostKey host, String uid) {
        var all = candidates.computeIfAbsent(uid, none -> new LinkedHashSet<>());
        if (all.stream().noneMatch(candidate -> candidate.host().equals(host))) {
            all.add(new Candidate(host, 0));
        }
    }

    /** The job does not start for now, and is bound to its container on the host all the same. */
    public void keepRoom(HostKey host, String uid) {
        queues.changeQueue(host, queue -> {
            waitingSince.remove(uid);
            return queue.keepRoom(uid);
        });
    }

    /** The job needs no slot and waits for none. */
    public void release(String uid) {
        queues.change(notifications -> releaseAll(uid, notifications));
    }

    /** No container of the job runs any more. If it waits, with one that was pre-created and dropped, it keeps its position. */
    public void releaseSlot(String uid) {
        queues.change(notifications -> {
            if (holdsRoom(uid)) {
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
    public boolean holds(String uid) {
        synchronized (queues) {
            return candidates.getOrDefault(uid, Set.of()).stream()
                    .anyMatch(candidate -> queue(candidate.host()).holds(uid));
        }
    }

    private boolean holdsRoom(String uid) {
        return candidates.getOrDefault(uid, Set.of()).stream()
                .anyMatch(candidate -> queue(candidate.host()).room(uid).isPresent());
    }

    /** Whether the job has a slot or waits for one. */
    public boolean isQueued(String uid) {
        synchronized (queues) {
            return candidates.containsKey(uid);
        }
    }

    /** @param held those that wait for the host itself; one that has applied for a slot since counts once */
    public int waiting(HostKey host, Collection<String> held) {
        synchronized (queues) {
            return queue(host).waitingCount()
                    + (int) held.stream()
                            .filter(uid -> !candidates.containsKey(uid))
                            .count();
        }
    }

    private SlotQueue queue(HostKey host) {
        return queues.of(host);
    }
}
