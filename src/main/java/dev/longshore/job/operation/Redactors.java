package dev.longshore.job.operation;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.longshore.docker.Redactor;
import dev.longshore.job.Digests;
import java.lang.ref.SoftReference;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The redactors of all jobs: those with the same values share one, and of the large ones few are used at once, since each
 * takes many times the memory of its values. From any thread.
 */
public final class Redactors {
    /** Why nothing can be masked with one that does not fit. */
    public static final String TOO_LARGE =
            "Secret values are too large to mask (binary values count several times); use smaller Secrets";

    /** Up to this size any number may be used at once. */
    private static final long SMALL = 1 << 20;
    /** What the large ones may take that are used at once: the largest that there can be, and a little. */
    static final long LARGE_AT_ONCE = 72 << 20;

    /** Beside one, which may need more, so that there is always room for the middling ones of others. */
    static final long LARGE_OF_ONE_NAMESPACE = LARGE_AT_ONCE / 2;

    private static final int SWEEP_EVERY = 256;

    /** Released where memory gets short: the values of a container can be found again. */
    private final ConcurrentHashMap<String, SoftReference<Redactor>> known = new ConcurrentHashMap<>();

    /** Who uses each of the large ones; guards what they take, too. */
    private final Map<Redactor, Use> users = new IdentityHashMap<>();

    private long taken;
    /** Makes the large ones ready: our own work, for which no daemon is to blame, and no thread of a host is to wait. */
    private final Executor making;

    /** @param making has work done some time, elsewhere */
    Redactors(Executor making) {
        this.making = making;
    }

    public static Redactors withThreads() {
        var threads = new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "masking");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        return new Redactors(threads);
    }

    public Redactor of(Collection<byte[]> values) {
        if (values.isEmpty()) {
            return Redactor.NONE;
        }
        if (known.size() % SWEEP_EVERY == SWEEP_EVERY - 1) {
            known.values().removeIf(reference -> reference.get() == null);
        }
        var shared = new AtomicReference<Redactor>();
        known.compute(digest(values), (digest, before) -> {
            var there = before == null ? null : before.get();
            shared.set(there == null ? Redactor.ofBytes(values) : there);
            return there == null ? new SoftReference<>(shared.get()) : before;
        });
        return shared.get();
    }

    /** By how many, and to which namespace it counts: that of the first. */
    private record Use(String namespace, int count) {
        Use and(int more) {
            return new Use(namespace, count + more);
        }
    }

    /**
     * Does something with a redactor that {@link #fits} and is ready; nothing where too many large ones are in use, so that it
     * has to be tried again.
     */
    public <T> Optional<CompletableFuture<T>> use(
            String namespace, Redactor redactor, Supplier<CompletableFuture<T>> work) {
        if (!tryUse(namespace, redactor)) {
            return Optional.empty();
        }
        var ready = isSmall(redactor)
                ? CompletableFuture.<Void>completedFuture(null)
                : CompletableFuture.runAsync(redactor::makeReady, making);
        return Optional.of(ready.thenCompose(done -> work.get()).whenComplete((done, failure) -> release(redactor)));
    }

    static boolean isSmall(Redactor redactor) {
        return redactor.mostBytes() <= SMALL;
    }

    /** Whether it can be used at all. */
    public static boolean fits(Redactor redactor) {
        return redactor.mostBytes() <= LARGE_AT_ONCE;
    }

    private boolean tryUse(String namespace, Redactor redactor) {
        if (isSmall(redactor)) {
            return true;
        }
        synchronized (users) {
            var use = users.get(redactor);
            if (use == null) {
                var all = taken + redactor.mostBytes();
                var own = ownBytes(namespace);
                if (all > LARGE_AT_ONCE || own > 0 && own + redactor.mostBytes() > LARGE_OF_ONE_NAMESPACE) {
                    return false;
                }
                taken = all;
            }
            users.put(redactor, use == null ? new Use(namespace, 1) : use.and(1));
            return true;
        }
    }

    private long ownBytes(String namespace) {
        return users.entrySet().stream()
                .filter(use -> use.getValue().namespace().equals(namespace))
                .mapToLong(use -> use.getKey().mostBytes())
                .sum();
    }

    private void release(Redactor redactor) {
        if (isSmall(redactor)) {
            return;
        }
        synchronized (users) {
            if (users.computeIfPresent(redactor, (used, use) -> use.count() == 1 ? null : use.and(-1)) == null) {
                taken -= redactor.mostBytes();
            }
        }
    }

    private static String digest(Collection<byte[]> values) {
        var all = new Digests();
        values.stream()
                .map(value -> new Digests().add(value).value())
                .sorted()
                .distinct()
                .forEach(each -> all.add(each.getBytes(US_ASCII)));
        return all.value();
    }
}
