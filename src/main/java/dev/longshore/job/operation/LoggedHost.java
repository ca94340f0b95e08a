package dev.longshore.job.operation;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.connection.PullRequest;
import dev.longshore.job.JobLogFields;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A host whose threads log which job they work for. A pull may be for several jobs, and is logged without one. */
record LoggedHost(HostAccess host, JobLogFields log) implements HostAccess {
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
        return host.call(kind, log.around(work));
    }

    @Override
    public CompletableFuture<String> pull(PullRequest request) {
        return host.pull(request);
    }
}
