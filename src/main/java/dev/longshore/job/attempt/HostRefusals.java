package dev.longshore.job.attempt;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.JobReason;
import dev.longshore.job.Failure;
import dev.longshore.job.HostKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What hosts have refused to create or start, where the fault may be theirs. A daemon's answer does not distinguish a broken
 * host from a job that no host could run, such as one whose user is missing from its image. So after one refusal only jobs with
 * the same specification are held back. A host is degraded once it has refused two different specifications in a row with no
 * start in between.
 *
 * <p>Called by reconciling threads and the threads of hosts. One lock, held for microseconds; listeners are notified after it
 * is released.
 */
public final class HostRefusals {
    /** Per host. A kind that is dropped is only retried sooner. */
    private static final int MOST_HELD = 200;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** A trial without an outcome by then no longer blocks the others. */
    private static final Duration TRIAL = Duration.ofMinutes(1);

    /** What jobs that are refused alike have in common: their namespace and effective template. */
    public record Kind(String namespace, int hash) {
        /** Of a job that is bound. */
        public static Kind of(ContainerJob job) {
            return of(job.getMetadata().getNamespace(), job.getStatus().effective());
        }

        public static Kind of(String namespace, ContainerTemplateSpec effective) {
            return new Kind(namespace, effective.hashCode());
        }
    }

    /** Why a job is not to be tried on a host now, and for how long. */
    public record Hold(JobReason reason, String message, Duration left) {}

    private static final class Held {
        private int times;
        private Duration until = Duration.ZERO;
        private JobReason reason;
        private String message;
        private String trying;
        private Duration tryingUntil = Duration.ZERO;
    }

    private static final class Host {
        private final Map<Kind, Held> held = new LinkedHashMap<>();
        private Kind last;
        private boolean degraded;
        private String message;
        /** Those refused since the last start. */
        private final Map<String, Trials> trials = new LinkedHashMap<>();
    }

    /** Of one namespace: no other waits because of it. */
    private static final class Trials {
        private int times;
        private Duration next = Duration.ZERO;
    }

    private final Map<HostKey, Host> hosts = new HashMap<>();
    private final BiConsumer<HostKey, Duration> nextTrialIn;
    private final Consumer<HostKey> degradedChanged;
    private final Consumer<HostKey> freed;

    /**
     * @param nextTrialIn enqueues those that may be the next to try a host, after a while
     * @param degradedChanged receives a host that has become degraded, or has recovered
     * @param freed receives a host on which jobs that were held back may be retried
     */
    public HostRefusals(
            BiConsumer<HostKey, Duration> nextTrialIn, Consumer<HostKey> degradedChanged, Consumer<HostKey> freed) {
        this.nextTrialIn = nextTrialIn;
        this.degradedChanged = degradedChanged;
        this.freed = freed;
    }

    /** A host has refused a job. */
    public void refused(HostKey key, Kind kind, Failure refusal, Duration now) {
        boolean turned;
        Duration nextTrial = null;
        synchronized (this) {
            var host = hosts.computeIfAbsent(key, first -> new Host());
            hold(host, kind, refusal, now);
            turned = !host.degraded && host.last != null && !host.last.equals(kind);
            host.last = kind;
            host.message = refusal.message();
            if (host.degraded || turned) {
                host.degraded = true;
            }
            var next = waitOf(host, kind.namespace(), now);
            if (host.degraded) {
                nextTrial = next.minus(now);
            }
        }
        if (nextTrial != null) {
            nextTrialIn.accept(key, nextTrial);
        }
        if (turned) {
            degradedChanged.accept(key);
        }
    }

    /** A request from before the wait began does not make it longer. */
    private static Duration waitOf(Host host, String namespace, Duration now) {
        var trials = Optional.ofNullable(host.trials.remove(namespace)).orElseGet(Trials::new);
        host.trials.put(namespace, trials);
        forgetTheFirst(host.trials);
        if (trials.next.compareTo(now) <= 0) {
            trials.next = now.plus(backoff(++trials.times));
        }
        return trials.next;
    }

    private static void forgetTheFirst(Map<?, ?> inOrder) {
        if (inOrder.size() > MOST_HELD) {
            inOrder.remove(inOrder.keySet().iterator().next());
        }
    }

    private static void hold(Host host, Kind kind, Failure refusal, Duration now) {
        // The one that was refused last is the last to be forgotten.
        var held = Optional.ofNullable(host.held.remove(kind)).orElseGet(Held::new);
        host.held.put(kind, held);
        forgetTheFirst(host.held);
        if (held.until.compareTo(now) <= 0) {
            held.until = now.plus(backoff(++held.times));
        }
        held.reason = refusal.reason();
        held.message = refusal.message();
        held.trying = null;
    }

    private static Duration backoff(int times) {
        var wait = SHORTEST.multipliedBy(1L << Math.min(times - 1, 10));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    /** A host has started a job's container: it is not degraded, and takes what is like this. */
    public void started(HostKey key, Kind kind) {
        boolean wasDegraded;
        boolean wasHeld;
        synchronized (this) {
            var host = hosts.get(key);
            if (host == null) {
                return;
            }
            wasDegraded = host.degraded;
            wasHeld = host.held.remove(kind) != null;
            host.degraded = false;
            host.trials.clear();
            host.last = null;
            if (host.held.isEmpty()) {
                hosts.remove(key);
            }
        }
        if (wasDegraded) {
            degradedChanged.accept(key);
        }
        if (wasDegraded || wasHeld) {
            freed.accept(key);
        }
    }

    /** Why a job of this kind is not to be tried there now; nothing where it may be. */
    public synchronized Optional<Hold> hold(HostKey key, Kind kind, String uid, Duration now) {
        return held(key, kind)
                .filter(held -> blocks(held, uid, now))
                .map(held -> new Hold(
                        held.reason,
                        held.message,
                        (held.until.compareTo(now) > 0 ? held.until : held.tryingUntil).minus(now)));
    }

    /** Lets the job try, if it is the only one of its kind that does. */
    public synchronized Optional<Hold> beginTrial(HostKey key, Kind kind, String uid, Duration now) {
        var hold = hold(key, kind, uid, now);
        if (hold.isEmpty()) {
            held(key, kind).ifPresent(held -> {
                held.trying = uid;
                held.tryingUntil = now.plus(TRIAL);
            });
        }
        return hold;
    }

    private Optional<Held> held(HostKey key, Kind kind) {
        return Optional.ofNullable(hosts.get(key)).map(host -> host.held.get(kind));
    }

    private static boolean blocks(Held held, String uid, Duration now) {
        return held.until.compareTo(now) > 0
                || held.trying != null && !held.trying.equals(uid) && held.tryingUntil.compareTo(now) > 0;
    }

    /** Whether it would be no surprise if a job of this kind were refused there. */
    public synchronized boolean mayRefuse(HostKey key, Kind kind) {
        var host = hosts.get(key);
        return host != null && (host.degraded || host.held.containsKey(kind));
    }

    /** Whether anything is held back there: most hosts refuse nothing. */
    public synchronized boolean refuses(HostKey key) {
        return hosts.containsKey(key);
    }

    /** The last refusal of a degraded host; empty for one that is not degraded. */
    public synchronized Optional<String> degraded(HostKey key) {
        return Optional.ofNullable(hosts.get(key)).filter(host -> host.degraded).map(host -> host.message);
    }

    /**
     * How many jobs beyond those that run there may be at it while one of this namespace is: a degraded host is tried by one
     * at a time, and by each namespace at intervals of its own, so that none waits for another one's jobs.
     */
    public synchronized int atOnce(HostKey key, String namespace, Duration now) {
        var host = hosts.get(key);
        if (host == null || !host.degraded) {
            return Integer.MAX_VALUE;
        }
        var trials = host.trials.get(namespace);
        return trials != null && trials.next.compareTo(now) > 0 ? 0 : 1;
    }
}
