package dev.longshore.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * When each resource of a kind is reconciled again, by uptime: JOSDK's own timer goes by the clock of the wall, and where that
 * is set back by an hour, all that is due is late by an hour.
 *
 * <p>Threads: the framework reconciles a resource with one thread at a time, and each begins by taking back what was planned.
 * The one thread of this class only says that one is due, which takes no time. Whatever is called for a resource at once
 * ends in at least one reconciliation after it.
 */
public final class Agenda implements AutoCloseable {
    /** A bit sooner than the framework, which tries again as well. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(400);

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
    private static final int DOUBLINGS = 7;

    private final Map<ResourceID, Planned> planned = new ConcurrentHashMap<>();
    private final Consumer<ResourceID> due;
    private final ScheduledThreadPoolExecutor timer;

    /** A reconciliation that is to come. */
    private static final class Planned {
        private final long at;
        private Future<?> task;

        private Planned(long at) {
            this.at = at;
        }
    }

    /** @param due enqueues a resource; returns at once */
    public Agenda(String thread, Consumer<ResourceID> due) {
        this.due = requireNonNull(due, "due is null");
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            var result = new Thread(task, thread);
            result.setDaemon(true);
            return result;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /**
     * Reconciles a resource, and plans the next time as this one says: after the time that it returns, or, where it fails, after
     * a time that doubles with each failure.
     */
    public Optional<Duration> reconcile(
            HasMetadata resource, Context<?> context, Supplier<Optional<Duration>> reconcile) {
        var id = ResourceID.fromResource(resource);
        takeBack(id);
        try {
            var again = reconcile.get();
            again.ifPresent(wait -> plan(id, wait));
            return again;
        } catch (RuntimeException e) {
            var failed = context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0);
            var wait = FIRST_RETRY.multipliedBy(1L << Math.min(failed, DOUBLINGS));
            plan(id, wait.compareTo(LONGEST_RETRY) < 0 ? wait : LONGEST_RETRY);
            throw e;
        }
    }

    /**
     * Whether the framework may have something to do with a resource: put its finalizer on, or off, or tell of a change. Should
     * it fail in that, it tries again by a timer of its own.
     *
     * @param finalizer that it has once it was reconciled; null: none
     * @param described generation that its status describes, if any
     */
    public static boolean isUnsettled(HasMetadata resource, String finalizer, Long described) {
        return resource.isMarkedForDeletion()
                || finalizer != null && !resource.hasFinalizer(finalizer)
                || !Objects.equals(resource.getMetadata().getGeneration(), described);
    }

    private void takeBack(ResourceID id) {
        planned.computeIfPresent(id, (same, before) -> {
            before.task.cancel(false);
            return null;
        });
    }

    /** Enqueues a resource after a time, unless that happens sooner. From any thread. */
    public void plan(ResourceID id, Duration wait) {
        planned.compute(id, (same, before) -> {
            var next = new Planned(System.nanoTime() + wait.toNanos());
            if (before != null) {
                if (before.at - next.at <= 0) {
                    return before;
                }
                before.task.cancel(false);
            }
            try {
                next.task = timer.schedule(() -> fire(id, next), wait.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // The operator ends.
                return null;
            }
            return next;
        });
    }

    private void fire(ResourceID id, Planned that) {
        planned.remove(id, that);
        due.accept(id);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
