package dev.longshore.docker.log;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.deadline.SilenceWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Follows the log of a container whose daemon does not: it is read in parts, each of which has what came since the one before, until
 * the container has exited and what it wrote last is read. Entries that were read before are left out.
 *
 * <p>A daemon may search a whole log for what came since: it is asked for the newest entries first, and for no others if those go
 * back far enough. One thread reads; {@link #close()} may be called by any, and ends the calls in progress.
 */
final class PolledLog implements LogStream {
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** Of the shortest pause, while nothing is written. */
    private static final int LONGEST = 8;
    /** So many times as long as its daemon took for a part, which a long log must not keep busy. */
    private static final int REST = 4;

    private static final Duration LONGEST_REST = Duration.ofSeconds(15);
    private static final int FEWEST = 200;
    private static final int MOST = 20_000;

    private final DockerEngine engine;
    private final String container;
    private final LogPosition position;
    private final Instant openedAt;
    private final CountDownLatch closed = new CountDownLatch(1);
    private LogStream part;
    /** The first entry of the part, if it was read already. */
    private LogEntry first;

    private boolean isLast;
    /** For which the daemon was waited for, of the part so far. */
    private long nanos;
    /** Of the part, so far. */
    private int taken;

    private final Duration shortest;
    private Duration pause;

    /** Of whoever reads; null: nobody watches. */
    private SilenceWatch watch;

    private Runnable onAnswer = () -> {};

    /**
     * @param engine of this log alone
     * @param part of what there is, by this query
     */
    PolledLog(DockerEngine engine, String container, LogQuery query, LogStream part) {
        this(engine, container, query, part, PAUSE);
    }

    /** @param shortest pause between two parts */
    PolledLog(DockerEngine engine, String container, LogQuery query, LogStream part, Duration shortest) {
        this.shortest = shortest;
        this.pause = shortest;
        this.engine = engine;
        this.container = container;
        this.position = new LogPosition(query);
        this.openedAt = part.openedAt();
        this.part = part;
    }

    /**
     * While this rests between two parts, the daemon is not waited for, and each of its answers is a sign of life, also one in which
     * there is nothing new.
     *
     * @param onAnswer called by the thread that reads
     */
    void watchedBy(SilenceWatch watch, Runnable onAnswer) {
        this.watch = watch;
        this.onAnswer = onAnswer;
    }

    private void answered() {
        if (watch != null) {
            watch.await();
        }
        onAnswer.run();
    }

    @Override
    public Instant openedAt() {
        return openedAt;
    }

    @Override
    public LogEntry next() {
        while (true) {
            var entry = first == null ? timed(part::next) : first;
            first = null;
            if (entry == null) {
                if (isLast || !openNext()) {
                    return null;
                }
            } else if (position.take(entry)) {
                taken++;
                return entry;
            }
        }
    }

    /** Whether entries may have been thrown away before the one that was read last, since this was asked last. */
    boolean sawGap() {
        return position.sawGap();
    }

    /** False where the container is gone. */
    private boolean openNext() {
        part.close();
        // Asked before the part is read, which then has all that was written.
        isLast = !LogConnection.runs(engine, container);
        answered();
        if (!isLast) {
            rest();
        }
        var newest = Math.min(MOST, Math.max(FEWEST, 4 * taken));
        nanos = 0;
        taken = 0;
        try {
            part = timed(() -> open(newest));
            return true;
        } catch (DockerRefusedException e) {
            if (e.isNotFound()) {
                return false;
            }
            throw e;
        }
    }

    private LogStream open(int newest) {
        var wanted = position.resume(openedAt);
        if (wanted.tail() == null) {
            var some = engine.openLog(container, new LogQuery(false, newest, wanted.since()));
            first = some.next();
            if (first == null || position.isBehind(first)) {
                if (first != null) {
                    position.resumeFrom(first);
                }
                return some;
            }
            first = null;
            some.close();
        }
        return engine.openLog(container, new LogQuery(false, wanted.tail(), wanted.since()));
    }

    private <T> T timed(Supplier<T> call) {
        var began = System.nanoTime();
        try {
            var answer = call.get();
            answered();
            return answer;
        } finally {
            nanos += System.nanoTime() - began;
        }
    }

    private void rest() {
        if (watch != null) {
            watch.pause();
        }
        pause();
        if (watch != null) {
            watch.await();
        }
    }

    private void pause() {
        pause = taken > 0 ? shortest : shorter(pause.multipliedBy(2), shortest.multipliedBy(LONGEST));
        var rest = shorter(Duration.ofNanos(nanos).multipliedBy(REST), LONGEST_REST);
        try {
            if (closed.await(Math.max(pause.toMillis(), rest.toMillis()), TimeUnit.MILLISECONDS)) {
                throw new DockerUnavailableException(
                        DockerUnavailableException.Cause.UNREACHABLE, "connection closed", null);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while following a log", e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void close() {
        closed.countDown();
        engine.close();
    }
}
