package dev.longshore.docker.connection;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.deadline.CallDeadline;
import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
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
 * that is late counts in none of them, but of each kind only so many may be late before no more of it begin: a daemon that hangs
 * on starts is still inspected, and one that is slow is not given ever more to do. While a host has answered nothing since its
 * newest late call began, its calls are only tried one by one, more and more rarely. The requests of a call end by its deadline,
 * see {@link CallDeadline}; a call that misses it all the same is reported.
 */
final class HostWorkers implements AutoCloseable {
    /** Of all calls of a host, those that are late included unless they leave a kind with next to none. */
    static final int MOST_AT_ONCE = CallsAtOnce.MOST;
    /** So many of a kind may always be under way, however many late ones there are of others. */
    private static final int LEAST_OF_A_KIND = CallsAtOnce.LEAST;
    /** Of all calls of a host, and so of its threads. */
    static final int MOST_UNDER_WAY = MOST_AT_ONCE + LEAST_OF_A_KIND * CallKind.values().length;
    /** Of calls of a kind that are late, unless the host is far. */
    private static final int MOST_LATE = 2 * CallsAtOnce.LEAST;
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
    private final Map<CallKind, Integer> onTime = new EnumMap<>(CallKind.class);
    private final Map<CallKind, Integer> late = new EnumMap<>(CallKind.class);
    private int allOnTime;
    private int allLate;
    private long lastBegin = System.nanoTime();
    private long lastEnd = lastBegin;
    /** When the newest call began that is or was late. */
    private long newestLate = lastBegin;

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
            result.completeExceptionally(unavailable("connection closed", null));
        } else {
            threads.submit(new CallThreads.Call(
                    this,
                    kind,
                    () -> run(kind, work, late, result),
                    failure -> result.completeExceptionally(
                            unavailable("no thread for the call: " + failure.getMessage(), failure))));
        }
        return result;
    }

    private static DockerUnavailableException unavailable(String why, Throwable cause) {
        return new DockerUnavailableException(DockerUnavailableException.Cause.UNREACHABLE, why, cause);
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

    /** Whether calls wait, though none may begin now, that time or the end of another host's call may let begin. */
    boolean isHeld() {
        return allLate > 0 && !waiting.isEmpty();
    }

    /** The kind of the call that may begin now. */
    Optional<CallKind> next(long now) {
        var isSilent = isSilent();
        if (allOnTime >= MOST_AT_ONCE || isSilent && !mayTry(now)) {
            return Optional.empty();
        }
        var calls = atOnce.getAsInt();
        // A try is of what the daemon has not failed to answer, if there is such: it may hang on some kinds only.
        return waiting.keySet().stream()
                .filter(kind -> mayBegin(kind, calls))
                .min(Comparator.comparingInt(kind -> isSilent ? of(late, kind) : 0));
    }

    private boolean mayTry(long now) {
        return allOnTime == 0 && now - lastBegin >= threads.lateNanos() << tries;
    }

    private boolean mayBegin(CallKind kind, int calls) {
        var lane = Lane.of(kind);
        return onTime(lane) < lane.atOnce(calls)
                && of(late, kind) < (threads.areManyLate() ? CallsAtOnce.LEAST : Math.max(MOST_LATE, calls))
                && (allOnTime + allLate < MOST_AT_ONCE || of(onTime, kind) + of(late, kind) < LEAST_OF_A_KIND);
    }

    /** Whether nothing shows that the daemon still responds. Answers show it, also of calls that were late. */
    boolean isSilent() {
        return allLate > 0 && lastEnd - newestLate <= 0;
    }

    HostLines.Turn turn() {
        if (isSilent() && tries > 0) {
            return HostLines.Turn.SILENT;
        }
        return allOnTime < CallsAtOnce.LEAST ? HostLines.Turn.FEW : HostLines.Turn.MANY;
    }

    CallThreads.Call take(CallKind kind, long now) {
        if (isSilent()) {
            tries = Math.min(tries + 1, MOST_TRIES);
        }
        lastBegin = now;
        var calls = waiting.get(kind);
        var call = calls.remove();
        if (calls.isEmpty()) {
            waiting.remove(kind);
        }
        call.begin(now);
        countOnTime(kind, 1);
        return call;
    }

    /** They are so in the order in which they began. */
    void late(CallThreads.Call call) {
        call.late();
        newestLate = call.since();
        countOnTime(call.kind(), -1);
        countLate(call.kind(), 1);
    }

    void ended(CallThreads.Call call, long now) {
        lastEnd = now;
        if (call.isLate()) {
            countLate(call.kind(), -1);
        } else {
            tries = 0;
            countOnTime(call.kind(), -1);
        }
    }

    private void countOnTime(CallKind kind, int change) {
        onTime.merge(kind, change, Integer::sum);
        allOnTime += change;
    }

    private void countLate(CallKind kind, int change) {
        late.merge(kind, change, Integer::sum);
        allLate += change;
    }

    private int onTime(Lane lane) {
        return onTime.keySet().stream()
                .filter(kind -> Lane.of(kind) == lane)
                .mapToInt(kind -> of(onTime, kind))
                .sum();
    }

    private static int of(Map<CallKind, Integer> counts, CallKind kind) {
        return counts.getOrDefault(kind, 0);
    }
}
