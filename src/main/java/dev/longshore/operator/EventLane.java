package dev.longshore.operator;

import dev.longshore.job.JobLogFields;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Stores Events one after the other. All of an object are in one lane, and so in order.
 *
 * <p>Threads: any adds. One of the executor is in the lane while something waits in it, and stores without the lock.
 */
final class EventLane {
    private final Queue<Held> waiting = new ArrayDeque<>();
    private final EventHold hold;
    private final Executor threads;
    private final Consumer<Held> store;
    /** In the lane; it is being stored. */
    private Held current;

    private boolean running;
    private boolean flushing;
    private boolean closed;

    /**
     * An Event that waits.
     *
     * @param log of what it is about
     * @param bytes that it takes in memory, about
     * @param since uptime
     */
    record Held(Event event, JobLogFields log, int bytes, long since) {}

    /** @param store does not throw */
    EventLane(EventHold hold, Executor threads, Consumer<Held> store) {
        this.hold = hold;
        this.threads = threads;
        this.store = store;
    }

    /** False once the lane is closed. */
    synchronized boolean add(Held held) {
        if (closed) {
            return false;
        }
        waiting.add(held);
        if (!running) {
            running = true;
            threads.execute(this::run);
        }
        return true;
    }

    private void run() {
        for (var next = next(); next != null; next = next()) {
            store.accept(next);
        }
    }

    /** Null once nothing waits. */
    private synchronized Held next() {
        current = null;
        while (!closed && !waiting.isEmpty()) {
            var left = flushing ? 0 : hold.left(waiting.element().since()).toNanos();
            if (left == 0) {
                current = waiting.remove();
                return current;
            }
            if (!await(left)) {
                break;
            }
        }
        running = false;
        notifyAll();
        return null;
    }

    /** False if the thread is interrupted. */
    private boolean await(long nanos) {
        try {
            // A part of a millisecond is one: zero would be for ever.
            wait(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Holds nothing any more. */
    synchronized void flush() {
        flushing = true;
        notifyAll();
    }

    /**
     * Waits until all is stored, and takes no more.
     *
     * @param until uptime, as of {@link System#nanoTime}
     * @return what is not stored by then, or may not be
     */
    synchronized List<Held> close(long until) {
        flush();
        for (var left = until - System.nanoTime(); running && left > 0; left = until - System.nanoTime()) {
            if (!await(left)) {
                break;
            }
        }
        closed = true;
        notifyAll();
        var lost = new ArrayList<Held>();
        if (current != null) {
            lost.add(current);
        }
        lost.addAll(waiting);
        waiting.clear();
        return lost;
    }
}
