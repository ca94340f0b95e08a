package dev.longshore.job;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.longshore.docker.Redactor;
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
final class Redactors {
    /** Up to this size any number may be used at once. */
    private static final long SMALL = 1 << 20;
    /** What the large ones may take that are used at once: the largest that there can be, and a little. */
    static final long LARGE_AT_ONCE = 72 << 20;

    private static final int SWEEP_EVERY = 256;

    /** Given up where memory gets short: what a container was made with can be found again. */
    private final ConcurrentHashMap<String, SoftReference<Redactor>> known = new ConcurrentHashMap<>();

    /** How many use each of the large ones; guards what they take, too. */
    private final Map<Redactor, Integer> users = new IdentityHashMap<>();

    private long taken;
    /** Makes the large ones ready: our own work, for which no daemon is to blame, and no thread of a host is to wait. */
    private final Executor making;

    /** @param making has work done some time, elsewhere */
    Redactors(Executor making) {
        this.making = making;
    }

    static Redactors withThreads() {
        var threads = new ThreadPoolExecutor(2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "masking");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        return new Redactors(threads);
    }

    Redactor of(Collection<byte[]> values) {
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

    /**
     * Does something with a redactor that is ready; nothing where too many large ones are in use, so that it has to be tried
     * again.
     */
    <T> Optional<CompletableFuture<T>> use(Redactor redactor, Supplier<CompletableFuture<T>> work) {
        if (!tryUse(redactor)) {
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

    private boolean tryUse(Redactor redactor) {
        if (isSmall(redactor)) {
            return true;
        }
        synchronized (users) {
            if (!users.containsKey(redactor)) {
                if (taken + redactor.mostBytes() > LARGE_AT_ONCE) {
                    return false;
                }
                taken += redactor.mostBytes();
            }
            users.merge(redactor, 1, Integer::sum);
            return true;
        }
    }

    private void release(Redactor redactor) {
        synchronized (users) {
            if (users.computeIfPresent(redactor, (used, count) -> count == 1 ? null : count - 1) == null
                    && !isSmall(redactor)) {
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
