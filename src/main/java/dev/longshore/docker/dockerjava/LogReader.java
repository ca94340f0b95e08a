package dev.longshore.docker.dockerjava;

import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.LogRequest;
import dev.longshore.docker.LogTail;
import dev.longshore.docker.deadline.Watchdog;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the end of a container's log. A daemon sends so many of the last entries, the oldest first, and how long they are
 * it does not say: where they are more than is read, or come too slowly, fewer are asked for. Docker counts entries over
 * both streams, so a stream that the other one drowned out is looked for in a longer piece. One thread.
 */
final class LogReader {
    /** Docker cuts longer lines into entries of this size, and counts those. */
    private static final int ENTRY_BYTES = 16 * 1024;

    private static final int FEW = 2_000;
    /** What a daemon reads and sends in a second or two; a stream without an entry among them is reported as truncated. */
    private static final int MANY = 50_000;
    /** Of long entries, or over a slow line. */
    private static final int[] LESS = {100, 4};

    private static final int HEADER_BYTES = 8;
    private static final int STDERR = 2;
    private static final int DAEMON = 3;
    private static final int LONGEST_REFUSAL = 1 << 16;

    private final DockerQuery daemon;
    private final String path;
    private final LogRequest request;
    private final Bounds bounds;

    /**
     * How much of a log is read at once, with its frames, for how long.
     *
     * @param few bytes of a piece that is read first
     * @param many bytes of a longer one
     */
    record Bounds(long few, long many, Duration time) {
        /** Four pieces in less than half a minute. */
        static final Bounds USUAL = new Bounds(4 << 20, 16 << 20, Duration.ofSeconds(6));
    }

    /** @param daemon by a client that sets no limit to the time of an answer */
    LogReader(DockerQuery daemon, String container, LogRequest request, Bounds bounds) {
        this.daemon = daemon;
        this.path = "/containers/%s/logs?stdout=1&stderr=1&tail=".formatted(DockerQuery.encode(container));
        this.request = request;
        this.bounds = bounds;
    }

    LogTail read() {
        var began = System.nanoTime();
        var few = piece(FEW, bounds.few());
        var slow = System.nanoTime() - began >= bounds.time().toNanos();
        if (few.isPresent()) {
            return few.get().isEnough()
                    ? few.get().tail()
                    : piece(MANY, bounds.many()).orElse(few.get()).tail();
        }
        for (var entries : LESS) {
            var less = piece(entries, bounds.few());
            if (less.isPresent()) {
                var tail = less.get().tail();
                return slow
                        ? tail.cutShort("log truncated: the daemon sent only the last " + entries + " entries in time")
                        : tail;
            }
        }
        var last = LESS[LESS.length - 1];
        if (!slow) {
            return LogTail.unreadable("the last %d entries exceed %d MiB".formatted(last, bounds.few() >> 20));
        }
        // Perhaps nothing else would be answered either.
        throw new DockerUnavailableException(
                DockerUnavailableException.Cause.UNREACHABLE,
                "the daemon did not send the last %d log entries within %ds"
                        .formatted(last, bounds.time().toSeconds()),
                null);
    }

    /** So many of the last entries; nothing where they are too long or too slow. */
    private Optional<Piece> piece(int entries, long mostBytes) {
        var end = new CompletableFuture<Void>();
        var piece = new Piece(entries);
        try (var watch = Watchdog.watch(bounds.time(), () -> end.complete(null))) {
            return copy(piece, mostBytes, end) && !end.isDone() ? Optional.of(piece) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            if (end.isDone()) {
                return Optional.empty();
            }
            throw e instanceof RuntimeException thrown ? thrown : new UncheckedIOException((IOException) e);
        }
    }

    /** Whether it came whole. */
    private boolean copy(Piece piece, long mostBytes, CompletableFuture<Void> end) throws IOException {
        // The body is not closed by itself: that would read what is left of it.
        try (var response = daemon.open(path + piece.entries, end)) {
            var body = new BufferedInputStream(response.getBody());
            var left = mostBytes;
            for (var header = body.readNBytes(HEADER_BYTES);
                    header.length > 0;
                    header = body.readNBytes(HEADER_BYTES)) {
                left -= HEADER_BYTES + copyFrame(header, body, piece, left);
                if (left < 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Returns how many bytes it has, of which those over {@code most} are left alone. */
    private static long copyFrame(byte[] header, InputStream body, Piece piece, long most) throws IOException {
        if (header.length < HEADER_BYTES || header[0] < 0 || header[0] > DAEMON) {
            throw new EOFException("log ended in the middle of an entry, or is not a log");
        }
        var length = ByteBuffer.wrap(header).getInt(4) & 0xffffffffL;
        if (length > most) {
            return length;
        }
        if (header[0] == DAEMON) {
            var message = body.readNBytes((int) Math.min(length, LONGEST_REFUSAL));
            throw new DockerRefusedException(new String(message, StandardCharsets.UTF_8).strip(), null);
        }
        for (var left = length; left > 0; ) {
            var bytes = body.readNBytes((int) Math.min(left, ENTRY_BYTES));
            if (bytes.length == 0) {
                throw new EOFException("log ended in the middle of an entry");
            }
            piece.take(header[0] == STDERR, bytes);
            left -= bytes.length;
        }
        return length;
    }

    /** So much of the end of a log. */
    private final class Piece {
        private final int entries;
        private final LogTailBuffer stdout = new LogTailBuffer(request.redactor(), request.tailBytes());
        private final LogTailBuffer stderr = new LogTailBuffer(request.redactor(), request.tailBytes());
        private long newlines;
        private long bytes;

        Piece(int entries) {
            this.entries = entries;
        }

        void take(boolean isStderr, byte[] payload) {
            bytes += payload.length;
            for (var each : payload) {
                newlines += each == '\n' ? 1 : 0;
            }
            (isStderr ? stderr : stdout).append(payload);
        }

        /** Fewer entries than were asked for, so that there can be none before them. */
        private boolean isWhole() {
            return newlines + bytes / ENTRY_BYTES + 2 < entries;
        }

        boolean isEnough() {
            return isWhole() || stdout.isFull() && stderr.isFull();
        }

        LogTail tail() {
            var out = stdout.finish(!isWhole());
            var err = stderr.finish(!isWhole());
            return new LogTail(out.text(), err.text(), out.truncated() || err.truncated());
        }
    }
}
