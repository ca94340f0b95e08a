package dev.longshore.docker.connection;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.deadline.CallDeadline;
import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The threads of one host: a few for calls, a few for creations, a few for logs and one for samples, none while there is
 * nothing to do. A creation has threads of its own, since an image with much below a volume makes it last for minutes. The
 * requests of a call end by its deadline, see {@link CallDeadline}; a call that misses it all the same is reported.
 */
final class HostWorkers implements AutoCloseable {
    static final int CALLS_AT_ONCE = 8;
    static final int CREATIONS_AT_ONCE = 4;
    private static final int LOGS_AT_ONCE = 8;
    private static final int SAMPLES_AT_ONCE = 1;
    /** A call's requests end that much before its deadline, so that one that is late reports it itself. */
    private static final int SHARE_FOR_THE_CALL = 20;

    private final Function<CallKind, Duration> deadlines;
    private final AtomicLong arrivals = new AtomicLong();
    private final ThreadPoolExecutor calls;
    private final ThreadPoolExecutor creations;
    private final ThreadPoolExecutor logs;
    private final ThreadPoolExecutor samples;

    /** @param deadlines how long a call of each kind may take */
    HostWorkers(String host, Function<CallKind, Duration> deadlines) {
        this.deadlines = deadlines;
        calls = pool(CALLS_AT_ONCE, "docker-" + host, new PriorityBlockingQueue<>());
        creations = pool(CREATIONS_AT_ONCE, "docker-creations-" + host, new LinkedBlockingQueue<>());
        logs = pool(LOGS_AT_ONCE, "docker-logs-" + host, new LinkedBlockingQueue<>());
        samples = pool(SAMPLES_AT_ONCE, "docker-samples-" + host, new LinkedBlockingQueue<>());
    }

    private static ThreadPoolExecutor pool(int size, String name, java.util.concurrent.BlockingQueue<Runnable> queue) {
        var pool = new ThreadPoolExecutor(
                size, size, 10, TimeUnit.SECONDS, queue, task -> Watchdog.daemonThread(task, name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Runs {@code work} on a thread of its kind; {@code late} runs, elsewhere, if it is not done in time. */
    <T> CompletableFuture<T> submit(CallKind kind, Supplier<T> work, Runnable late) {
        var result = new CompletableFuture<T>();
        var pool = switch (kind) {
            case LOGS -> logs;
            case SAMPLE -> samples;
            case CREATE -> creations;
            case OBSERVE, STOP, START, REMOVE -> calls;
        };
        try {
            pool.execute(new Task(kind.ordinal(), arrivals.getAndIncrement(), () -> run(kind, work, late, result)));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new DockerUnavailableException(
                    DockerUnavailableException.Cause.UNREACHABLE, "connection closed", e));
        }
        return result;
    }

    private <T> void run(CallKind kind, Supplier<T> work, Runnable late, CompletableFuture<T> result) {
        var deadline = deadlines.apply(kind);
        var watch = Watchdog.watch(deadline, late);
        T outcome;
        try {
            outcome = CallDeadline.within(deadline.minus(deadline.dividedBy(SHARE_FOR_THE_CALL)), work);
        } catch (RuntimeException | Error e) {
            watch.close();
            result.completeExceptionally(e);
            return;
        }
        // Whoever waits for it continues on this thread, which is no time of the daemon's.
        watch.close();
        result.complete(outcome);
    }

    @Override
    public void close() {
        calls.shutdown();
        creations.shutdown();
        logs.shutdown();
        samples.shutdown();
    }

    /** Orders calls by kind, then by arrival. */
    private record Task(int rank, long arrival, Runnable work) implements Runnable, Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return rank != other.rank ? Integer.compare(rank, other.rank) : Long.compare(arrival, other.arrival);
        }

        @Override
        public void run() {
            work.run();
        }
    }
}
