package dev.longshore.image;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.ImageReference;
import dev.longshore.docker.connection.Backoff;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.PullRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Pulls the images that a host is to have and does not.
 *
 * <p>Threads: every field is guarded by this object, which is not held while the host is called. The thread that reconciles the
 * host begins; a thread of the host looks whether the image is there; the pull ends on a thread of its own, and leaves its outcome
 * here before the host is reconciled again.
 */
final class Prefetch {
    /** Among those who share a host's pulls; no namespace has this name. */
    private static final String TENANT = "prefetch/";

    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(10);
    /** Different reasons that are reported of one image. */
    private static final int MOST_REASONS = 10;

    private final String host;
    private final Runnable changed;
    private final Supplier<Duration> uptime;
    private final Map<String, Wanted> images = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** @param changed has the host reconciled; returns at once */
    Prefetch(String host, Runnable changed, Supplier<Duration> uptime) {
        this.host = host;
        this.changed = changed;
        this.uptime = uptime;
    }

    /** What is to be done about an image. */
    private enum Step {
        /** Look whether the image is there, and pull it if it is not. */
        CHECK,
        IN_PROGRESS,
        DONE
    }

    private static final class Wanted {
        private final CompletableFuture<Void> unwanted = new CompletableFuture<>();
        private final Backoff backoff = new Backoff(FIRST_RETRY, LONGEST_RETRY, new Random());
        private final Set<String> reported = new HashSet<>();
        private Step step = Step.CHECK;
        /** Null: at once. */
        private Duration due;

        void done() {
            step = Step.DONE;
            backoff.reset();
            reported.clear();
        }

        void failed(Duration now) {
            step = Step.CHECK;
            due = now.plus(backoff.next());
        }

        /** Whether a reason was not reported yet. */
        boolean isNew(String why) {
            return reported.size() < MOST_REASONS && reported.add(why);
        }
    }

    /** @param unwanted completed once the image is no longer in the list */
    private record Due(String reference, CompletableFuture<Void> unwanted) {}

    /**
     * Begins what is due.
     *
     * @param access nothing while the host cannot be used
     * @return when to do so again
     */
    Optional<Duration> reconcile(List<String> references, Optional<HostAccess> access) {
        want(references).forEach(end -> end.complete(null));
        if (access.isEmpty()) {
            checkAgain();
            return Optional.empty();
        }
        beginDue().forEach(due -> begin(due, access.get()));
        return next();
    }

    /** What ends the pulls of those that are no longer in the list. */
    private synchronized List<CompletableFuture<Void>> want(List<String> references) {
        var wanted = Set.copyOf(references);
        var gone = images.entrySet().stream()
                .filter(image -> !wanted.contains(image.getKey()))
                .map(image -> image.getValue().unwanted)
                .toList();
        images.keySet().retainAll(wanted);
        references.forEach(reference -> images.computeIfAbsent(reference, each -> new Wanted()));
        return gone;
    }

    /** Someone may remove an image while the daemon is out of sight. */
    private synchronized void checkAgain() {
        images.values().stream().filter(image -> image.step == Step.DONE).forEach(image -> image.step = Step.CHECK);
    }

    private synchronized List<Due> beginDue() {
        var now = uptime.get();
        var due = new ArrayList<Due>();
        images.forEach((reference, image) -> {
            if (image.step == Step.CHECK && (image.due == null || image.due.compareTo(now) <= 0)) {
                image.step = Step.IN_PROGRESS;
                due.add(new Due(reference, image.unwanted));
            }
        });
        return due;
    }

    private synchronized Optional<Duration> next() {
        var now = uptime.get();
        return images.values().stream()
                .filter(image -> image.step == Step.CHECK)
                .map(image -> image.due == null ? Duration.ZERO : image.due.minus(now))
                .min(Duration::compareTo);
    }

    private void begin(Due due, HostAccess access) {
        try {
            ImageReference.complete(due.reference());
        } catch (IllegalArgumentException e) {
            ended(due, e);
            return;
        }
        var image = new ImagePull(due.reference(), null, null);
        var unused = access.call(CallKind.OBSERVE, docker -> docker.image(due.reference()))
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture("")
                        : access.pull(new PullRequest(image, TENANT, due.unwanted())))
                .whenComplete((id, failure) -> {
                    ended(due, failure instanceof CompletionException ? failure.getCause() : failure);
                    changed.run();
                });
    }

    private synchronized void ended(Due due, Throwable failure) {
        var image = of(due);
        if (image.isEmpty()) {
            return;
        }
        if (failure == null) {
            image.get().done();
        } else {
            image.get().failed(uptime.get());
            // An outage of the daemon is a condition of the host.
            var why = failure.getMessage();
            if (!(failure instanceof DockerUnavailableException) && image.get().isNew(why)) {
                problems.add("DockerHost " + host + ": failed to pull image " + due.reference()
                        + " (spec.images.prefetch): " + why);
            }
        }
    }

    /** What went wrong since this was asked last, to be reported. */
    synchronized List<String> takeProblems() {
        var all = List.copyOf(problems);
        problems.clear();
        return all;
    }

    /** Nothing for one that was taken out of the list, even if it is in it again. */
    private Optional<Wanted> of(Due due) {
        return Optional.ofNullable(images.get(due.reference())).filter(image -> image.unwanted == due.unwanted());
    }
}
