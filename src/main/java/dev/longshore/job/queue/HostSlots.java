package dev.longshore.job.queue;

import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The slots and the room of one host, whichever jobs have them. Safe for use by several threads. */
public final class HostSlots {
    private final HostQueues queues;
    private final HostKey host;

    HostSlots(HostQueues queues, HostKey host) {
        this.queues = queues;
        this.host = host;
    }

    /** All containers that run there and are of no job that may be there: they take slots and room of this host alone. */
    public void setForeign(Map<String, Room> containers) {
        queues.changeQueue(host, queue -> queue.setForeign(containers));
    }

    /** A container has ended or is gone, or its job is known now. */
    public void removeForeign(String container) {
        queues.changeQueue(host, queue -> queue.removeForeign(container));
    }

    /** A job that has a slot begins or ends to pull an image. */
    public void pulls(String uid, boolean now) {
        queues.changeQueue(host, queue -> queue.pulls(uid, now) && now);
    }

    /** All that wait for the host may have a turn, in their order. */
    public void deferNone() {
        queues.change(notifications -> {
            queue().deferNone();
            notifications.changed(host, queue().toEnqueue());
        });
    }

    /** There may be a slot for one that waits, though none was released. */
    public void requeue() {
        queues.change(notifications -> notifications.changed(host, queue().allThatMayHaveATurn()));
    }

    /** All that is held there. */
    public Room held() {
        synchronized (queues) {
            return queue().total();
        }
    }

    /** The largest share of slots, CPU, memory or GPUs that is taken. */
    public double share(HostTerms terms) {
        synchronized (queues) {
            return queue().share(terms);
        }
    }

    /** Whether there are a free slot and room for a job, whoever waits. */
    public boolean fits(JobKey job, Demand demand, HostTerms terms) {
        var alone = new Waiting(new Applicant(job, 1, Instant.EPOCH), demand, true, Integer.MAX_VALUE, Duration.ZERO);
        synchronized (queues) {
            return queue().fits(alone, terms);
        }
    }

    public int running() {
        synchronized (queues) {
            return queue().runningCount();
        }
    }

    private SlotQueue queue() {
        return queues.of(host);
    }
}
