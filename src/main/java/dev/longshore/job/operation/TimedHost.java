package dev.longshore.job.operation;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.connection.PullRequest;
import dev.longshore.job.EndedAttempt;
import dev.longshore.job.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A host on which one attempt is prepared, and which reports how long its spans took, waiting for threads included. */
record TimedHost(HostAccess host, Supplier<Moment> clock, Consumer<EndedAttempt.Span> spans) implements HostAccess {
    @Override
    public HostState state() {
        return host.state();
    }

    @Override
    public Optional<Duration> unreached() {
        return host.unreached();
    }

    @Override
    public long subscription() {
        return host.subscription();
    }

    @Override
    public <T> CompletableFuture<T> call(CallKind kind, Function<DockerEngine, T> work) {
        return timed(EndedAttempt.CREATE, host.call(kind, work));
    }

    @Override
    public CompletableFuture<String> pull(PullRequest request) {
        return timed(EndedAttempt.PULL, host.pull(request));
    }

    private <T> CompletableFuture<T> timed(String span, CompletableFuture<T> work) {
        var from = now();
        return work.whenComplete((done, failure) -> spans.accept(new EndedAttempt.Span(span, from, now())));
    }

    private Instant now() {
        return clock.get().time();
    }
}
