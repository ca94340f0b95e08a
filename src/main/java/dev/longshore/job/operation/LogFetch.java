package dev.longshore.job.operation;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.SharedState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the log and the result files of an ended container, with retries. A result waits for them for half a minute at most, over all tries,
 * while its host responds otherwise; then it is stored without the log.
 */
public final class LogFetch {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** For a host that was unreachable meanwhile. */
    private static final Duration LEAST = Duration.ofSeconds(10);
    /** A daemon that is shutting down returns such errors, too, before it closes the connection. */
    private static final Duration REFUSED = Duration.ofSeconds(5);

    private final Supplier<Moment> clock;
    private final BiConsumer<Duration, Runnable> later;

    /** @param later does something after a while */
    public LogFetch(Supplier<Moment> clock, BiConsumer<Duration, Runnable> later) {
        this.clock = clock;
        this.later = later;
    }

    /** Whether a result has waited for its log for as long as it may, for whatever reason. */
    boolean isOverdue(SharedState shared) {
        return clock.get().uptime().minus(since(shared)).compareTo(LONGEST) >= 0;
    }

    /** Whether what the daemon refuses is not for a moment only. */
    boolean isRefusalFinal(SharedState shared) {
        return clock.get().uptime().minus(since(shared)).compareTo(REFUSED) >= 0;
    }

    private Duration since(SharedState shared) {
        var now = clock.get().uptime();
        return shared.update(state -> state.withTiming(state.timing().seekingLogs(now)))
                .timing()
                .logsSought();
    }

    /** @param instead of a log, from the message that explains why there is none */
    <T> CompletableFuture<T> fetch(
            HostAccess host, SharedState shared, Function<DockerEngine, T> call, Function<String, T> instead) {
        var since = since(shared);
        var left = LONGEST.minus(clock.get().uptime().minus(since));
        var answer = new CompletableFuture<T>();
        // Skipped if the answer has timed out meanwhile.
        var unused = host.call(CallKind.LOGS, docker -> answer.isDone() ? null : call.apply(docker))
                .whenComplete((log, failure) -> {
                    if (failure == null) {
                        answer.complete(log);
                    } else {
                        failed(answer, host, since, failure, instead);
                    }
                });
        // The timer fires long after most answers have come, and must not keep in memory what they needed.
        var late = new AtomicReference<Runnable>(() -> {
            // Else the call ends by itself.
            if (host.state().isReady()) {
                answer.complete(instead.apply("the daemon did not send it in time"));
            }
        });
        var answered = answer.whenComplete((log, failure) -> late.set(null));
        later.accept(
                left.compareTo(LEAST) < 0 ? LEAST : left,
                () -> Optional.ofNullable(late.get()).ifPresent(Runnable::run));
        return answered;
    }

    /** Retried for a while, and for as long as the host is unreachable. */
    private <T> void failed(
            CompletableFuture<T> answer,
            HostAccess host,
            Duration since,
            Throwable failure,
            Function<String, T> instead) {
        var cause = Failures.cause(failure);
        var elapsed = clock.get().uptime().minus(since);
        if (host.state().isReady() && elapsed.compareTo(patience(cause)) >= 0) {
            answer.complete(instead.apply(requireNonNullElse(cause.getMessage(), cause.toString())));
        } else {
            answer.completeExceptionally(cause);
        }
    }

    private static Duration patience(Throwable cause) {
        return cause instanceof DockerRefusedException refused && !isBeingRemoved(refused) ? REFUSED : LONGEST;
    }

    /** A container that someone else is removing has no log, and is gone a moment later. */
    private static boolean isBeingRemoved(DockerRefusedException refused) {
        return refused.isNotFound() || refused.isConflict();
    }
}
