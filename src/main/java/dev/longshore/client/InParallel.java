package dev.longshore.client;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Sends one request for each of many resources, a few at a time. */
public final class InParallel {
    /** Enough that the round trip does not count, and few enough that the API server serves others beside. */
    static final int AT_ONCE = 8;

    private InParallel() {}

    /**
     * Sends the requests in order, and after the first that fails no more.
     *
     * @param request on a thread of its own
     * @param answered receives each answer, in order, on this thread
     * @throws RuntimeException what the first request that failed has thrown
     */
    public static <T, R> void each(List<T> all, Function<T, R> request, BiConsumer<T, R> answered)
            throws InterruptedException {
        var threads = Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, all.size())));
        try {
            var answers = all.stream()
                    .map(one -> threads.submit(() -> request.apply(one)))
                    .toList();
            for (var index = 0; index < all.size(); index++) {
                answered.accept(all.get(index), answers.get(index).get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
