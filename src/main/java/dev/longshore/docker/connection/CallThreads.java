package dev.longshore.docker.connection;

import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The threads of the calls of all hosts, none while there is nothing to do. So many calls run at once over all hosts; of those that
 * may begin, results go first, then the hosts take turns. A call that has not ended after two seconds gives its place to another, so that
 * daemons that do not respond take nothing from the others but threads, of which there are so many at most.
 *
 * <p>Every field, and those of each {@link HostWorkers}, are guarded by this object. A call is run outside of it: by a thread that has just
 * ended another, or else by a new one.
 */
final class CallThreads {
    static final int AT_ONCE = 256;
    static final int MOST_THREADS = 512;
    /** No container is inspected, and no short log is read, for so long. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> Watchdog.daemonThread(task, "docker"));
    /** Hosts whose next call may begin, by its kind, in turn. */
    private final List<Set<HostWorkers>> ready = Stream.of(CallKind.values())
            .<Set<HostWorkers>>map(kind -> new LinkedHashSet<>())
            .toList();
    /** Hosts that do not respond, of which a call may be tried later. */
    private final Set<HostWorkers> silent = new LinkedHashSet<>();
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
        this.lateNanos = late.toNanos();
    }

    long lateNanos() {
        return lateNanos;
    }

    /** A call of a host. Its fields but the first ones are guarded as those of the host are. */
    static final class Call {
        private final HostWorkers host;
        private final CallKind kind;
        private final Runnable work;
        private long since;
        private boolean isLate;

        Call(HostWorkers host, CallKind kind, Runnable work) {
            this.host = host;
            this.kind = kind;
            this.work = work;
        }

        CallKind kind() {
            return kind;
        }

        boolean isLate() {
            return isLate;
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

    /** More calls of a host may run at once than before. */
    void changed(HostWorkers host) {
        List<Call> begun;
        synchronized (this) {
            begun = begin(host);
        }
        execute(begun);
    }

    private void execute(List<Call> begun) {
        begun.forEach(call -> threads.execute(() -> run(call)));
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
        if (call.isLate) {
            late--;
        } else {
            running.remove(call);
        }
        call.host.ended(call, System.nanoTime());
        return begin(call.host);
    }

    private List<Call> begin(HostWorkers changed) {
        var now = System.nanoTime();
        line(changed, now);
        return begin(now);
    }

    private List<Call> begin(long now) {
        giveUpPlaces(now);
        var begun = new ArrayList<Call>(2);
        for (var next = next(now); next != null; next = next(now)) {
            begun.add(next);
        }
        watch(now);
        return begun;
    }

    /** Whether a call of a host that does not respond may be late, too, and there is room for all others. Called with the lock. */
    boolean mayTry() {
        return late < MOST_THREADS - AT_ONCE;
    }

    /** Puts a host at the end of the line that its next call belongs to, if that may begin. */
    private void line(HostWorkers host, long now) {
        ready.forEach(hosts -> hosts.remove(host));
        silent.remove(host);
        var next = host.next(now);
        next.ifPresent(kind -> ready.get(kind.ordinal()).add(host));
        if (next.isEmpty() && host.isSilent(now)) {
            silent.add(host);
        }
    }

    private Call next(long now) {
        if (running.size() >= AT_ONCE || running.size() + late >= MOST_THREADS) {
            return null;
        }
        for (var hosts : ready) {
            while (!hosts.isEmpty()) {
                var host = hosts.iterator().next();
                var kind = host.next(now);
                var call = kind.map(known -> host.take(known, now));
                line(host, now);
                if (call.isPresent()) {
                    return begun(call.get(), now);
                }
            }
        }
        return null;
    }

    private Call begun(Call call, long now) {
        waiting--;
        call.since = now;
        running.add(call);
        return call;
    }

    private void giveUpPlaces(long now) {
        for (var calls = running.iterator(); calls.hasNext(); ) {
            var oldest = calls.next();
            if (now - oldest.since < lateNanos) {
                return;
            }
            calls.remove();
            oldest.isLate = true;
            late++;
            oldest.host.late(oldest);
            line(oldest.host, now);
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
            List.copyOf(silent).forEach(host -> line(host, now));
            begun = begin(now);
        }
        execute(begun);
    }
}
