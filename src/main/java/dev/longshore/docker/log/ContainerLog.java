package dev.longshore.docker.log;

import static java.util.Objects.requireNonNull;

import dev.longshore.docker.DockerException;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.connection.Backoff;
import dev.longshore.docker.deadline.SilenceWatch;
import dev.longshore.docker.deadline.Watchdog;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Copies a container's log for someone who watches it, on connections of its own: one that is cut, or silent for so long
 * that it may be, is replaced by another, which resumes where it was. For one thread and one log.
 */
public final class ContainerLog {
    private final EngineFactory factory;
    private final Endpoint endpoint;
    private final String container;
    private final Map<String, String> labels;
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), RandomGenerator.getDefault());
    /** When the daemon first responded, by its own clock if it sent the time. */
    private Instant opened;

    private final LogSpotCheck check = new LogSpotCheck();
    private boolean answered;
    private boolean inOutage;
    private long lastReceived;

    /** Takes what is copied. What it throws ends the copying. */
    public interface Sink {
        void write(LogEntry entry);

        /** The connection broke; another one is being made. */
        void cut(String why);

        /** Others may be missing, here or a little before: the daemon has rotated the log faster than it sends it. */
        void gap();
    }

    /**
     * How long to wait.
     *
     * @param answer for a connection and the daemon's first answer
     * @param silence for an entry, before reconnecting
     * @param outage for a daemon that had answered and does not any more
     */
    record Patience(Duration answer, Duration silence, Duration outage) {
        static final Patience FOLLOWING =
                new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(2));
        /** What is there already comes without a pause. */
        static final Patience READING =
                new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    /** @param labels that the container has if it is the one that is meant */
    public ContainerLog(EngineFactory factory, Endpoint endpoint, String container, Map<String, String> labels) {
        this.factory = requireNonNull(factory, "factory is null");
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.container = requireNonNull(container, "container is null");
        this.labels = Map.copyOf(labels);
    }

    /**
     * Copies until the end that the query means.
     *
     * @return false where the daemon has no such container; nothing was copied then
     * @throws DockerUnavailableException if the daemon does not respond, at first or any more
     * @throws DockerRefusedException if the daemon cannot read the log, or as not found where the container went away
     *     while the daemon could not be reached
     */
    public boolean copy(LogQuery query, Sink sink) {
        return copy(query, sink, query.follow() ? Patience.FOLLOWING : Patience.READING);
    }

    boolean copy(LogQuery query, Sink sink, Patience patience) {
        var position = new LogPosition(query);
        var wanted = query;
        while (true) {
            try (var log = LogConnection.open(factory, endpoint, container, labels, wanted, patience.answer())) {
                if (log == null && answered) {
                    throw new DockerRefusedException(HttpURLConnection.HTTP_NOT_FOUND, "container not found", null);
                }
                if (log == null || read(log, query.follow(), position, sink, patience)) {
                    return log != null;
                }
            } catch (DockerUnavailableException e) {
                if (!answered
                        || System.nanoTime() - lastReceived > patience.outage().toNanos()) {
                    throw e;
                }
                if (!inOutage) {
                    inOutage = true;
                    sink.cut(e.getMessage());
                }
                pause(backoff.next());
            }
            wanted = position.resume(opened);
        }
    }

    /** False if the log may continue on another connection. */
    private boolean read(LogConnection log, boolean follow, LogPosition position, Sink sink, Patience patience) {
        opened = answered ? opened : log.stream().openedAt();
        lastReceived = answered && !follow ? lastReceived : System.nanoTime();
        answered = true;
        var stream = log.stream();
        var took = false;
        var mayRepeat = follow && log.mayRepeat();
        try (var watch = new SilenceWatch(patience.silence(), stream::close)) {
            log.watchedBy(watch, this::received);
            for (var entry = next(stream, watch, follow); entry != null; entry = next(stream, watch, follow)) {
                if (position.take(entry, mayRepeat && check.knows(entry))) {
                    took = true;
                    received();
                    if (position.sawGap() | check.sawGap() | log.sawGap()) {
                        sink.gap();
                    }
                    sink.write(entry);
                    if (follow) {
                        check.came(entry, log);
                    }
                }
            }
            if (follow && watch.wasTooLong()) {
                received();
                return false;
            }
        } catch (DockerRefusedException e) {
            // A file that was rotated away under the daemon: it is asked anew, for as long as that brings something.
            if (!follow || !took || e.isHttpError()) {
                throw e;
            }
            return false;
        }
        if (follow) {
            requireEnd(log, patience.answer());
            copyRest(log, position, sink, patience);
        }
        return true;
    }

    /** A daemon that follows a log which it rotates may leave out its end, too. */
    private void copyRest(LogConnection log, LogPosition position, Sink sink, Patience patience) {
        var all = position.resume(opened);
        var rest = new LogQuery(false, all.tail(), all.since());
        try (var stream = log.engine().openLog(log.container().id(), rest);
                var watch = new SilenceWatch(patience.silence(), stream::close)) {
            for (var entry = next(stream, watch, false); entry != null; entry = next(stream, watch, false)) {
                var isNew = position.take(entry);
                check.cameAtEnd(entry, isNew);
                if (isNew) {
                    if (position.sawGap() | check.sawGap()) {
                        sink.gap();
                    }
                    sink.write(entry);
                }
            }
        } catch (DockerException e) {
            // It is removed once it has ended, and what came is all that there was for nearly all.
            return;
        }
        check.ended();
        if (check.sawGap()) {
            sink.gap();
        }
    }

    /** Silence is nothing unusual where what comes next is waited for. */
    private static LogEntry next(LogStream stream, SilenceWatch watch, boolean follow) {
        watch.await();
        try {
            return stream.next();
        } catch (DockerUnavailableException e) {
            if (follow && watch.wasTooLong()) {
                return null;
            }
            throw e;
        } finally {
            watch.pause();
        }
    }

    /** A daemon that is shut down ends its streams as if they were complete. */
    private void requireEnd(LogConnection log, Duration longest) {
        try (var watch = Watchdog.watch(longest, log::close)) {
            if (log.containerRuns()) {
                throw new DockerUnavailableException(
                        DockerUnavailableException.Cause.UNREACHABLE,
                        endpoint.uri() + ": the daemon closed the log of a running container",
                        null);
            }
        }
    }

    private void received() {
        lastReceived = System.nanoTime();
        inOutage = false;
        backoff.reset();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for a daemon", e);
        }
    }
}
