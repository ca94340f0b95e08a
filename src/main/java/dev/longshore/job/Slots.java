package dev.longshore.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The slots of all hosts. A job stands in one host's queue at a time. Called by reconciling threads, one per job, and by
 * the threads of hosts; each queue is atomic in itself, and whoever changes one pokes the job that may be next.
 */
final class Slots {
    private final Map<String, SlotQueue> queues = new ConcurrentHashMap<>();
    private final Map<String, String> hostByUid = new ConcurrentHashMap<>();
    private final Consumer<JobKey> poke;
    private final Consumer<String> loadChanged;

    Slots(Consumer<JobKey> poke, Consumer<String> loadChanged) {
        this.poke = poke;
        this.loadChanged = loadChanged;
    }

    /** Whether the job has one of the host's slots now; if not, it waits for one. */
    boolean ask(String host, SlotQueue.Applicant applicant, int slots) {
        var uid = applicant.job().uid();
        if (!host.equals(hostByUid.get(uid))) {
            leave(uid);
            hostByUid.put(uid, host);
        }
        var queue = queue(host);
        var before = queue.runningCount();
        var granted = queue.ask(applicant, slots);
        loadChanged.accept(host);
        if (granted && queue.runningCount() > before) {
            // There may be more free slots than one.
            queue.next().ifPresent(poke);
        }
        return granted;
    }

    /** A container of the job runs on the host. */
    void occupy(String host, String uid) {
        hostByUid.put(uid, host);
        queue(host).occupy(uid);
        loadChanged.accept(host);
    }

    /** The job needs no slot and waits for none. */
    void leave(String uid) {
        var host = hostByUid.remove(uid);
        if (host != null) {
            var queue = queue(host);
            queue.leave(uid);
            loadChanged.accept(host);
            queue.next().ifPresent(poke);
        }
    }

    int running(String host) {
        return queue(host).runningCount();
    }

    int waiting(String host) {
        return queue(host).waitingCount();
    }

    private SlotQueue queue(String host) {
        return queues.computeIfAbsent(host, key -> new SlotQueue());
    }
}
