package dev.longshore.job.operation;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.job.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The containers of one host that are sampled, one after the other, over one connection: a thread that is woken for each costs many
 * times more than a call. There are passes with a pause between them, and a part of all in one pass, so that hundreds are spread
 * over the interval.
 *
 * <p>Threads: any adds; a timer begins a pass, unless one is under way; the pass itself is a thread of the host. One lock guards
 * what is due and when, and is not held for a call.
 */
final class SampledHost {
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** Of a pass; so long waits what comes meanwhile. A call for one container has less. */
    private static final Duration LONGEST_PASS = Duration.ofSeconds(20);

    private static final int LEAST_IN_A_PASS = 25;
    /** Passes in which all have their turn, within the default interval. */
    private static final int PASSES = 16;

    private final PriorityQueue<SampledContainer> waiting =
            new PriorityQueue<>(Comparator.comparing(SampledContainer::due));
    private final Set<String> known = new HashSet<>();
    private final Supplier<? extends Optional<? extends HostAccess>> host;
    private final Supplier<Moment> clock;
    private final BiConsumer<Duration, Runnable> later;
    private final Runnable emptied;
    private boolean passing;
    /** The earliest timer; null: none. */
    private Duration wake;

    /**
     * @param later runs something after a time
     * @param emptied runs without the lock when no container is left
     */
    SampledHost(
            Supplier<? extends Optional<? extends HostAccess>> host,
            Supplier<Moment> clock,
            BiConsumer<Duration, Runnable> later,
            Runnable emptied) {
        this.host = host;
        this.clock = clock;
        this.later = later;
        this.emptied = emptied;
    }

    private Duration now() {
        return clock.get().uptime();
    }

    /** Does nothing if it is known. */
    synchronized void add(SampledContainer container) {
        if (known.add(container.id())) {
            waiting.add(container);
            wakeAt(container.due());
        }
    }

    synchronized boolean isEmpty() {
        return known.isEmpty();
    }

    private void wakeAt(Duration when) {
        if (!passing && (wake == null || when.compareTo(wake) < 0)) {
            wake = when;
            var wait = when.minus(now());
            later.accept(wait.isNegative() ? Duration.ZERO : wait, this::begin);
        }
    }

    private void begin() {
        List<SampledContainer> due;
        synchronized (this) {
            if (passing || waiting.isEmpty()) {
                return;
            }
            wake = null;
            due = takeDue();
            if (due.isEmpty()) {
                // A timer from before.
                wakeAt(waiting.element().due());
                return;
            }
            passing = true;
        }
        var connected = host.get();
        if (connected.isEmpty()) {
            due.forEach(SampledContainer::forget);
            ended(due);
            return;
        }
        var begun = new AtomicBoolean();
        var unused = connected
                .get()
                .call(CallKind.SAMPLE, docker -> {
                    begun.set(true);
                    pass(docker, due);
                    return null;
                })
                .whenComplete((done, failure) -> {
                    if (!begun.get()) {
                        due.forEach(container -> container.postpone(now()));
                    }
                    ended(due);
                });
    }

    private List<SampledContainer> takeDue() {
        var due = new ArrayList<SampledContainer>();
        if (waiting.element().due().compareTo(now()) > 0) {
            return due;
        }
        var most = Math.max(LEAST_IN_A_PASS, known.size() / PASSES);
        // In order of when they are due: one that is not to be taken along is no reason to end.
        var others = new ArrayList<SampledContainer>();
        while (!waiting.isEmpty() && due.size() < most) {
            var next = waiting.remove();
            (next.isDueSoon(now()) ? due : others).add(next);
        }
        waiting.addAll(others);
        return due;
    }

    /** Where there is no answer the pass ends, and the host is checked; the others have their turn in the next one. */
    private void pass(DockerEngine docker, List<SampledContainer> due) {
        var until = now().plus(LONGEST_PASS);
        for (var container : due) {
            if (now().compareTo(until) > 0) {
                return;
            }
            try {
                container.sample(docker);
                container.answered(now());
            } catch (DockerRefusedException e) {
                // One that failed is only missing.
                container.failed(now());
            } catch (RuntimeException e) {
                container.failed(now());
                throw e;
            }
        }
    }

    private void ended(List<SampledContainer> due) {
        if (isEmptyAfter(due)) {
            emptied.run();
        }
    }

    private synchronized boolean isEmptyAfter(List<SampledContainer> due) {
        passing = false;
        for (var container : due) {
            if (container.isRunning()) {
                waiting.add(container);
            } else {
                known.remove(container.id());
            }
        }
        if (!waiting.isEmpty()) {
            var soonest = now().plus(PAUSE);
            var next = waiting.element().due();
            wakeAt(next.compareTo(soonest) > 0 ? next : soonest);
        }
        return known.isEmpty();
    }
}
