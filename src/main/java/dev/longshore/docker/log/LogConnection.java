package dev.longshore.docker.log;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.deadline.SilenceWatch;
import dev.longshore.docker.deadline.Watchdog;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection to a daemon with one container's log on it. */
record LogConnection(DockerEngine engine, ContainerSnapshot container, LogStream stream) implements AutoCloseable {
    /**
     * Connects, finds the container and opens its log, all within {@code longest}.
     *
     * @return null where there is no container with these labels
     */
    static LogConnection open(
            EngineFactory factory,
            Endpoint endpoint,
            String container,
            Map<String, String> labels,
            LogQuery query,
            Duration longest) {
        var opening = CompletableFuture.supplyAsync(
                () -> open(factory.connect(endpoint), container, labels, query),
                task -> Watchdog.daemonThread(task, "docker-log").start());
        try {
            return opening.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            var unused = opening.thenAccept(late -> {
                if (late != null) {
                    late.close();
                }
            });
            throw new DockerUnavailableException(
                    DockerUnavailableException.Cause.UNREACHABLE,
                    endpoint.uri() + ": no response within " + longest.toSeconds() + "s",
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DockerException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while connecting to " + endpoint.uri(), e);
        }
    }

    private static LogConnection open(
            DockerEngine engine, String container, Map<String, String> labels, LogQuery query) {
        try {
            var found = engine.inspect(container)
                    .filter(any -> any.labels().entrySet().containsAll(labels.entrySet()));
            if (found.isPresent()) {
                return new LogConnection(
                        engine, found.get(), stream(engine, found.get().id(), query));
            }
        } catch (DockerException e) {
            engine.close();
            if (e instanceof DockerRefusedException refused && refused.isNotFound()) {
                // Removed since it was found.
                return null;
            }
            throw e;
        }
        engine.close();
        return null;
    }

    private static LogStream stream(DockerEngine engine, String container, LogQuery query) {
        var stream = engine.openLog(container, query);
        return query.follow() && !stream.follows() ? new PolledLog(engine, container, query, stream) : stream;
    }

    boolean containerRuns() {
        return runs(engine, container.id());
    }

    static boolean runs(DockerEngine engine, String container) {
        return engine.inspect(container)
                .filter(now -> now.state() == ContainerSnapshot.State.RUNNING)
                .isPresent();
    }

    /** Whether, since this was asked last, entries may have been thrown away before they were read. */
    boolean sawGap() {
        return stream instanceof PolledLog polled && polled.sawGap();
    }

    /** See {@link PolledLog#watchedBy}; a daemon that follows a log itself says nothing while there is nothing. */
    void watchedBy(SilenceWatch watch, Runnable onAnswer) {
        if (stream instanceof PolledLog polled) {
            polled.watchedBy(watch, onAnswer);
        }
    }

    /** Whether an entry that came may come once more, and each line has a time of its own. */
    boolean mayRepeat() {
        return !(stream instanceof PolledLog);
    }

    @Override
    public void close() {
        engine.close();
    }
}
