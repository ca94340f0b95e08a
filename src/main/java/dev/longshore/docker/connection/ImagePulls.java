package dev.longshore.docker.connection;

import static java.util.Comparator.comparingInt;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.deadline.Watchdog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * The pulls on one host: shared by those who ask for the same image with the same credentials, so many at once, of which
 * no tenant has more than its part, and ended once nobody wants them.
 *
 * <p>Every field is guarded by this object. A pull runs on a thread of its own, and so does what a withdrawal ends: no one
 * who asks waits for a daemon.
 */
final class ImagePulls implements AutoCloseable {
    static final int AT_ONCE = 6;
    /** A slow registry may hold them for as long as it likes. */
    static final int AT_ONCE_FOR_ONE = 2;

    private final String host;
    private final BiFunction<ImagePull, CompletableFuture<Void>, String> work;
    /** Those that someone wants, in the order in which they were asked for. */
    private final Map<ImagePull, Pull> wanted = new LinkedHashMap<>();
    /** Those that have a thread, wanted or not. */
    private final Set<Pull> running = new HashSet<>();

    private boolean closed;

    /** @param work pulls an image, and ends when the future is completed */
    ImagePulls(String host, BiFunction<ImagePull, CompletableFuture<Void>, String> work) {
        this.host = host;
        this.work = work;
    }

    private record Wish(String tenant, CompletableFuture<String> result) {}

    private static final class Pull {
        private final ImagePull image;
        private final CompletableFuture<Void> unwanted = new CompletableFuture<>();
        private final List<Wish> wishes = new ArrayList<>();
        /** On whose account it runs; null while it waits. */
        private String tenant;

        Pull(ImagePull image) {
            this.image = image;
        }

        boolean isWantedBy(String someone) {
            return wishes.stream().anyMatch(wish -> wish.tenant().equals(someone));
        }
    }

    /** The image's ID once it is there. Canceled where it is unwanted before that. */
    CompletableFuture<String> join(PullRequest request) {
        var wish = new Wish(request.tenant(), new CompletableFuture<>());
        if (!add(request.image(), wish)) {
            wish.result()
                    .completeExceptionally(new DockerUnavailableException(
                            DockerUnavailableException.Cause.UNREACHABLE, "connection closed", null));
            return wish.result();
        }
        var unused = request.unwanted()
                .thenRunAsync(
                        () -> withdraw(request.image(), wish),
                        task -> Watchdog.daemonThread(task, "docker-unwanted-" + host)
                                .start());
        return wish.result();
    }

    private synchronized boolean add(ImagePull image, Wish wish) {
        if (closed) {
            return false;
        }
        wanted.computeIfAbsent(image, Pull::new).wishes.add(wish);
        startDue();
        return true;
    }

    private void withdraw(ImagePull image, Wish wish) {
        removeWish(image, wish).ifPresent(pull -> pull.unwanted.complete(null));
        wish.result().completeExceptionally(new CancellationException("pull canceled: no job needs the image"));
    }

    /** The pull that nobody wants any more, if so. */
    private synchronized Optional<Pull> removeWish(ImagePull image, Wish wish) {
        var pull = wanted.get(image);
        if (pull == null || !pull.wishes.remove(wish)) {
            return Optional.empty();
        }
        if (pull.wishes.isEmpty()) {
            // Whoever asks for it now gets another one.
            wanted.remove(image);
            return Optional.of(pull);
        }
        if (pull.tenant != null && !pull.isWantedBy(pull.tenant)) {
            pull.tenant = pull.wishes.get(0).tenant();
            startDue();
        }
        return Optional.empty();
    }

    private void startDue() {
        for (var next = nextDue(); next.isPresent(); next = nextDue()) {
            var pull = next.get();
            running.add(pull);
            Watchdog.daemonThread(() -> run(pull), "docker-pull-" + host).start();
        }
    }

    /** Of those that wait, the first one of the tenant for whom the fewest run. */
    private Optional<Pull> nextDue() {
        if (closed || running.size() >= AT_ONCE) {
            return Optional.empty();
        }
        record Candidate(Pull pull, String tenant, int runs) {}
        return wanted.values().stream()
                .filter(pull -> pull.tenant == null)
                .flatMap(pull ->
                        pull.wishes.stream().map(wish -> new Candidate(pull, wish.tenant(), runningFor(wish.tenant()))))
                .filter(candidate -> candidate.runs() < AT_ONCE_FOR_ONE)
                .min(comparingInt(Candidate::runs))
                .map(candidate -> {
                    candidate.pull().tenant = candidate.tenant();
                    return candidate.pull();
                });
    }

    private int runningFor(String tenant) {
        return (int) running.stream().filter(pull -> tenant.equals(pull.tenant)).count();
    }

    private void run(Pull pull) {
        try {
            var id = work.apply(pull.image, pull.unwanted);
            ended(pull).forEach(wish -> wish.result().complete(id));
        } catch (RuntimeException | Error e) {
            ended(pull).forEach(wish -> wish.result().completeExceptionally(e));
        }
    }

    private synchronized List<Wish> ended(Pull pull) {
        running.remove(pull);
        wanted.remove(pull.image, pull);
        startDue();
        return List.copyOf(pull.wishes);
    }

    /** Those that wait are canceled; those that run end with their connection. */
    @Override
    public void close() {
        forgetWaiting()
                .forEach(wish -> wish.result()
                        .completeExceptionally(new DockerUnavailableException(
                                DockerUnavailableException.Cause.UNREACHABLE, "connection closed", null)));
    }

    private synchronized List<Wish> forgetWaiting() {
        closed = true;
        var waiting =
                wanted.values().stream().filter(pull -> pull.tenant == null).toList();
        waiting.forEach(pull -> wanted.remove(pull.image));
        return waiting.stream().flatMap(pull -> pull.wishes.stream()).toList();
    }
}
