package dev.longshore.docker.log;

import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.Redactor;
import dev.longshore.docker.deadline.SilenceWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * Copies the log of a container that has ended, as gzip of {@link LogLines}. Of one that is longer than it may be, as much is
 * kept of either end, in whole lines: a first pass copies the beginning and counts the rest, a second copies the end. Takes
 * hardly any memory, and as long as whoever takes the bytes does. One use, one thread.
 */
public final class WholeLog {
    /** A daemon that sends nothing while it is waited for. */
    private static final Duration SILENCE = Duration.ofSeconds(60);
    /** A daemon is waited for so long in sum, and so much longer as what it sent takes at the slowest rate. */
    private static final Duration WAITING = Duration.ofMinutes(5);
    /** Bytes a second. */
    private static final int SLOWEST = 64 << 10;
    /** Of an entry on the wire: its header and time, which most of a log of short lines is. */
    private static final int ENTRY_OVERHEAD = 40;
    /** That a daemon may send; no log is so long. */
    private static final long MOST_READ = 1L << 38;

    private static final int FASTEST = 1;
    private static final int BUFFER = 1 << 16;

    private final Supplier<LogStream> log;
    private final Redactor redactor;
    private final long most;
    private final Gzip gzip;
    private final LogLines own;
    private final LongSupplier nanos;
    private long total;
    /** Of the text, from its beginning. */
    private long kept;

    private boolean isHeadFull;
    /** Of the second pass: so much of the text is done. */
    private long position;

    private long linesOmitted;
    private long bytesOmitted;
    private boolean isTruncated;
    /** Of the last entry that was read. */
    private Instant time = Instant.EPOCH;

    /** Nanoseconds for which the daemon was waited for, in both passes. */
    private long waited;
    /** Bytes that it sent, in both passes. */
    private long received;

    private WholeLog(Supplier<LogStream> log, Redactor redactor, long most, OutputStream to, LongSupplier nanos)
            throws IOException {
        this.log = log;
        this.redactor = redactor;
        this.most = most;
        this.gzip = new Gzip(to);
        this.own = new LogLines(Redactor.NONE, this::write);
        this.nanos = nanos;
    }

    /** Much output is worth more speed than the last tenth of its size. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream to) throws IOException {
            super(to, BUFFER);
            def.setLevel(FASTEST);
        }
    }

    /**
     * @param log opens the log from its beginning, once or twice
     * @param most bytes of the text, before it is compressed
     * @param to receives all bytes of the file; not closed
     * @return whether something was left out
     * @throws DockerUnavailableException if the connection is cut, the daemon is silent for 60 seconds, or was waited for
     *     more than 5 minutes in sum and a second for each 64 KiB that it sent. Time that {@code to} takes does not count
     * @throws DockerRefusedException if the daemon does not send it
     * @throws UncheckedIOException if {@code to} throws
     */
    public static boolean copy(Supplier<LogStream> log, Redactor redactor, long most, OutputStream to) {
        return copy(log, redactor, most, to, System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime()} */
    static boolean copy(Supplier<LogStream> log, Redactor redactor, long most, OutputStream to, LongSupplier nanos) {
        try {
            return new WholeLog(log, redactor, most, to, nanos).copy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean copy() throws IOException {
        read(this::first);
        if (kept < total) {
            read(this::second);
            noteOmission();
        }
        gzip.finish();
        return isTruncated;
    }

    private void first(byte[] bytes, int length) {
        total += length;
        isHeadFull |= total > most / 2;
        if (!isHeadFull) {
            kept = total;
            write(bytes, length);
        }
    }

    private void second(byte[] bytes, int length) {
        var from = position;
        position += length;
        if (from < kept || position > total) {
            return;
        }
        // Of what does not fit as a whole, only the end; its first line may be cut by that.
        if (total > most && from < total - most / 2) {
            linesOmitted++;
            bytesOmitted += length;
            return;
        }
        noteOmission();
        write(bytes, length);
    }

    private void noteOmission() {
        if (linesOmitted > 0) {
            own.note(
                    time,
                    "[longshore: %d lines (%d bytes) omitted, archiveMaxBytes is %d]"
                            .formatted(linesOmitted, bytesOmitted, most));
            linesOmitted = 0;
            isTruncated = true;
        }
    }

    private void write(byte[] bytes, int length) {
        try {
            gzip.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(LogLines.Sink sink) {
        var text = new LogLines(redactor, sink);
        try (var stream = log.get();
                var watch = new SilenceWatch(SILENCE, stream::close)) {
            var left = MOST_READ;
            for (var entry = next(stream, watch); entry != null; entry = next(stream, watch)) {
                time = entry.time();
                text.add(entry);
                left -= entry.bytes().length + 1;
                if (left < 0) {
                    throw new DockerRefusedException("the log is longer than " + (MOST_READ >> 30) + " GiB", null);
                }
            }
        }
        text.finish();
    }

    private LogEntry next(LogStream stream, SilenceWatch watch) {
        var since = nanos.getAsLong();
        watch.await();
        LogEntry entry;
        try {
            entry = stream.next();
        } catch (DockerUnavailableException e) {
            throw watch.wasTooLong()
                    ? unavailable("the daemon sent nothing of the log for " + SILENCE.toSeconds() + "s", e)
                    : e;
        } finally {
            watch.pause();
            waited += nanos.getAsLong() - since;
        }
        if (entry != null) {
            received += entry.bytes().length + ENTRY_OVERHEAD;
            requireProgress();
        }
        return entry;
    }

    private void requireProgress() {
        var seconds = TimeUnit.NANOSECONDS.toSeconds(waited);
        if (seconds > WAITING.toSeconds() + received / SLOWEST) {
            throw unavailable("the daemon sent only " + received + " bytes of the log in " + seconds + "s", null);
        }
    }

    private static DockerUnavailableException unavailable(String message, Throwable cause) {
        return new DockerUnavailableException(DockerUnavailableException.Cause.UNREACHABLE, message, cause);
    }
}
