package dev.longshore.docker.connection;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.deadline.CallDeadline;
import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The calls of one host, which {@link CallThreads} runs: so many at once, results first. Creations, logs and samples have
 * limits of their own, since an image with much below a volume makes a creation last for minutes, and a log may be much. A call
 * that is late counts in none of them. But while a host has answered nothing since, its calls are only tried one by one, more and
 * more rarely. The requests of a call end by its deadline, see {@link CallDeadline}; a call that misses it all the same is
 * reported.
 */
final class HostWorkers implements AutoCloseable {
    /** Of all calls of a host, but those that are late. */
    static final int MOST_AT_ONCE = CallsAtOnce.MOST;
    /** The waits between them double so often. */
    private static final int MOST_TRIES = 5;
    /** A call's requests end that much before its deadline, so that one that is late reports it itself. */
    private static final int SHARE_FOR_THE_CALL = 20;

    /** Calls with a limit of their own. */
    private enum Lane {
        CALLS,
        CREATIONS,
        LOGS,
        SAMPLES;

        static Lane of(CallKind kind) {
            return switch (kind) {
                case LOGS -> LOGS;
                case SAMPLE -> SAMPLES;
                case CREATE -> CREATIONS;
                case OBSERVE, STOP, START, REMOVE -> CALLS;
            };
        }

        int atOnce(int calls) {
            return switch (this) {
                case CALLS, LOGS -> calls;
                // Near a daemon half as many: they take it longer.
                case CREATIONS -> calls - CallsAtOnce.LEAST / 2;
                case SAMPLES -> 1;
            };
        }
    }

    /** Of threads. */
    private final String name;

    private final CallThreads threads;
    private final IntSupplier atOnce;
    private final Function<CallKind, Duration> deadlines;
    private final Map<CallKind, Queue<CallThreads.Call>> waiting = new EnumMap<>(CallKind.class);
    private final Map<Lane, Integer> running = new EnumMap<>(Lane.class);
    private int late;
    private long lastBegin = System.nanoTime();
    private long lastEnd = lastBegin;
    private int tries;
    private volatile boolean closed;

    /**
     * @param atOnce how many calls may run at once
     * @param deadlines how long a call of each kind may take
     */
    HostWorkers(String name, CallThreads threads, IntSupplier atOnce, Function<CallKind, Duration> deadlines) {
        this.name = "docker-" + name;
        this.threads = threads;
        this.atOnce = atOnce;
        this.deadlines = deadlines;
    }

    String name() {
        return name;
    }

    /** Runs {@code work} on a thread; {@code late} runs, elsewhere, if it is not done in time. */
    <T> CompletableFuture<T> submit(CallKind kind, Supplier<T> work, Runnable late) {
        var result = new CompletableFuture<T>();
        if (closed) {
            result.completeExceptionally(new DockerUnavailableException(
                    DockerUnavailableException.Cause.UNREACHABLE, "connection closed", null));
        } else {
            threads.submit(new CallThreads.Call(this, kind, () -> run(kind, work, late, result)));
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

    /** What waits is run, and finds that there is no connection. */
    @Override
    public void close() {
        closed = true;
    }

    // Called by CallThreads alone, which guards what they use.

    void add(CallThreads.Call call) {
        waiting.computeIfAbsent(call.kind(), kind -> new ArrayDeque<>()).add(call);
    }

    /** The kind of the call that may begin now. */
    Optional<CallKind> next(long now) {
        var all = running.values().stream().mapToInt(Integer::intValue).sum();
        var mayTry = all == 0 && now - lastBegin >= threads.lateNanos() << tries && threads.mayTry();
        if (all >= MOST_AT_ONCE || isSilent(now) && !mayTry) {
            return Optional.empty();
        }
        return waiting.keySet().stream()
                .filter(kind -> running(Lane.of(kind)) < Lane.of(kind).atOnce(atOnce.getAsInt()))
                .findFirst();
    }

    boolean isSilent(long now) {
        return late > 0 && now - lastEnd >= threads.lateNanos();
    }

    CallThreads.Call take(CallKind kind, long now) {
        tries = isSilent(now) ? Math.min(tries + 1, MOST_TRIES) : 0;
        lastBegin = now;
        var calls = waiting.get(kind);
        var call = calls.remove();
        if (calls.isEmpty()) {
            waiting.remove(kind);
        }
        count(kind, 1);
        return call;
    }

    void late(CallThreads.Call call) {
        late++;
        count(call.kind(), -1);
    }

    void ended(CallThreads.Call call, long now) {
        lastEnd = now;
        if (call.isLate()) {
            late--;
        } else {
            count(call.kind(), -1);
        }
    }

    private int running(Lane lane) {
        return running.getOrDefault(lane, 0);
    }

    private void count(CallKind kind, int change) {
        running.merge(Lane.of(kind), change, Integer::sum);
    }
}
