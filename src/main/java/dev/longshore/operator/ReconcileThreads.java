package dev.longshore.operator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.slf4j.MDC;

/**
 * The threads that reconcile, of all kinds. At a start there may be ten thousand resources to reconcile, and the framework hands them
 * over in no order: each has a time that it may wait for others, and whoever has waited for longer than that goes first. The
 * framework names a resource in the logging context when it hands it over; what it does not name goes first.
 */
final class ReconcileThreads extends ThreadPoolExecutor {
    private static final String KIND = "resource.kind";
    private static final String NAMESPACE = "resource.namespace";
    private static final String NAME = "resource.name";

    /** How long resources may wait for others of a kind. */
    interface Patience extends BiFunction<String, String, Duration> {}

    private final AtomicLong handedOver = new AtomicLong();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final Patience jobs;
    private final String jobKind;

    private record Turn(long due, long number, Runnable task) implements Runnable, Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            var first = Long.compare(due - other.due, 0);
            return first == 0 ? Long.compare(number, other.number) : first;
        }

        @Override
        public void run() {
            task.run();
        }
    }

    /**
     * @param jobKind of the resources that may have to wait
     * @param jobs by namespace and name of one
     */
    ReconcileThreads(int threads, String jobKind, Patience jobs) {
        super(threads, threads, 1, TimeUnit.MINUTES, new PriorityBlockingQueue<>());
        this.jobKind = requireNonNull(jobKind, "jobKind is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
    }

    @Override
    public void execute(Runnable task) {
        unfinished.incrementAndGet();
        try {
            super.execute(new Turn(System.nanoTime() + patience().toNanos(), handedOver.incrementAndGet(), task));
        } catch (RejectedExecutionException e) {
            unfinished.decrementAndGet();
            throw e;
        }
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
        unfinished.decrementAndGet();
    }

    /** Whether something is being reconciled, or waits for it. */
    boolean isBusy() {
        return unfinished.get() > 0;
    }

    private Duration patience() {
        return jobKind.equals(MDC.get(KIND)) ? jobs.apply(MDC.get(NAMESPACE), MDC.get(NAME)) : Duration.ZERO;
    }
}
