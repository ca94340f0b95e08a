package dev.longshore.docker.connection;

import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The threads of the calls of all hosts, none while there is nothing to do. So many calls run at once over all hosts; of those that
 * may begin, the ones of hosts with few calls under way go first, then results, then the hosts take turns. A call that has not ended
 * after two seconds gives its place to another, so that daemons that do not respond take nothing from the others but threads.
 *
 * <p>The calls on time have {@link #AT_ONCE} threads at most. Of those that are late, each host has {@link HostWorkers#MOST_UNDER_WAY} at
 * most, and far fewer while it answers nothing. While all hosts together have {@link #MANY_LATE}, no more of a kind begin
 * on a host that has several of that kind itself; all others may, so that hosts that do not respond stop none that do.
 *
 * <p>Every field, and those of each {@link HostWorkers}, are guarded by this object. A call is run outside of it: by a thread that has just
 * ended another, or else by a new one.
 */
final class CallThreads {
    static final int AT_ONCE = 256;
    /** Each takes a thread until its deadline. */
    static final int MANY_LATE = 256;
    /** No container is inspected, and no short log is read, for so long. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ExecutorService threads;
    private final HostLines lines = new HostLines();
    /** In the order in which they began. */
    private final Set<Call> running = new LinkedHashSet<>();

    private final long lateNanos;
    private int late;
    private int waiting;
    private boolean isWatched;

    CallThreads() {
        this(LATE);
    }

    /** @param late how long a call keeps its place */
    CallThreads(Duration late) {
        this(late, task -> Watchdog.daemonThread(task, "docker"));
    }

    CallThreads(Duration late, ThreadFactory factory) {
        this.lateNanos = late.toNanos();
        this.threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    long lateNanos() {
        return lateNanos;
    }

    /** A call of a host. Its fields but the first ones are guarded as those of the host are. */
    static final class Call {
        private final HostWorkers host;
        private final CallKind kind;
        private final Runnable work;
        private final Consumer<Throwable> failed;
        private long since;
        private boolean isLate;

        /** @param failed receives why {@code work} will never be run */
        Call(HostWorkers host, CallKind kind, Runnable work, Consumer<Throwable> failed) {
            this.host = host;
            this.kind = kind;
            this.work = work;
            this.failed = failed;
        }

        CallKind kind() {
            return kind;
        }

        boolean isLate() {
            return isLate;
        }

        long since() {
            return since;
        }

        void begin(long now) {
            since = now;
        }

        void late() {
            isLate = true;
        }
    }

    /** Runs a call, now or when it is its turn. Returns at once. */
    void submit(Call call) {
        List<Call> begun;
        synchronized (this) {
            waiting++;
            call.host.add(call);
            begun = begin(call.host);
        }
        execute(begun);
    }

    private void execute(List<Call> begun) {
        for (var call : begun) {
            try {
                threads.execute(() -> run(call));
            } catch (OutOfMemoryError e) {
                // The system has no more threads: nobody else would end it.
                dropped(call);
                call.failed.accept(e);
            }
        }
    }

    private synchronized void dropped(Call call) {
        end(call);
        var now = System.nanoTime();
        lines.update(call.host, now);
        watch(now);
    }

    private void run(Call first) {
        for (var call = first; call != null; ) {
            rename(call.host.name());
            try {
                call.work.run();
            } finally {
                var begun = ended(call);
                call = begun.isEmpty() ? null : begun.remove(0);
                execute(begun);
            }
        }
    }

    private static void rename(String host) {
        if (!Thread.currentThread().getName().equals(host)) {
            Thread.currentThread().setName(host);
        }
    }

    private synchronized List<Call> ended(Call call) {
        end(call);
        return begin(call.host);
    }

    private void end(Call call) {
        if (call.isLate) {
            late--;
        } else {
            running.remove(call);
        }
        call.host.ended(call, System.nanoTime());
    }

    private List<Call> begin(HostWorkers changed) {
        var now = System.nanoTime();
        lines.update(changed, now);
        return begin(now);
    }

    private List<Call> begin(long now) {
        giveUpPlaces(now);
        var begun = new ArrayList<Call>(2);
        while (running.size() < AT_ONCE) {
            var next = lines.take(now);
            if (next.isEmpty()) {
                break;
            }
            waiting--;
            running.add(next.get());
            begun.add(next.get());
        }
        watch(now);
        return begun;
    }

    /** Called with the lock. */
    boolean areManyLate() {
        return late >= MANY_LATE;
    }

    private void giveUpPlaces(long now) {
        for (var calls = running.iterator(); calls.hasNext(); ) {
            var oldest = calls.next();
            if (now - oldest.since < lateNanos) {
                return;
            }
            calls.remove();
            late++;
            oldest.host.late(oldest);
            lines.update(oldest.host, now);
        }
    }

    /** Something may begin once the oldest call is late, or a host that does not respond is tried again. */
    private void watch(long now) {
        if (waiting > 0 && !isWatched) {
            isWatched = true;
            var left = running.isEmpty() ? lateNanos : running.iterator().next().since + lateNanos - now;
            var unused = Watchdog.watch(Duration.ofNanos(left).plusMillis(1), this::lateByNow);
        }
    }

    private void lateByNow() {
        List<Call> begun;
        synchronized (this) {
            isWatched = false;
            var now = System.nanoTime();
            lines.updateHeld(now);
            begun = begin(now);
        }
        execute(begun);
    }
}
