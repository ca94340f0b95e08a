package dev.longshore.cli.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.cli.terminal.StandardStream;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.cli.terminal.TerminalCleaner;
import dev.longshore.docker.LogEntry;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Where a container's log goes: its stdout to ours and its stderr to ours, byte for byte and at once, but without control
 * sequences where it is a terminal. What is said about the log goes to stderr, each time on a line of its own. Logs of several
 * jobs may share the streams, from a thread each: all that is written is guarded by these.
 */
public final class LogOutput {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z '").withZone(ZoneOffset.UTC);

    private final Streams streams;
    private final boolean timestamps;
    /** Which job's it is, if it is one of several; else empty. */
    private final String job;
    /** Whether that stands before each line. */
    private final boolean isPrefixed;

    /** Where the logs of all jobs go. Guards itself. */
    private static final class Streams {
        private final Stream stdout;
        private final Stream stderr;
        private final PrintWriter messages;
        /** To which something was written that may not have left yet. */
        private Stream last;

        Streams(Stream stdout, Stream stderr, PrintWriter messages) {
            this.stdout = stdout;
            this.stderr = stderr;
            this.messages = messages;
        }

        private void flush() {
            stdout.flush();
            stderr.flush();
        }
    }

    /** The one who read has gone, such as {@code head}: nothing is left to do. */
    public static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClosedException(IOException cause) {
            super("the output is closed", cause);
        }
    }

    LogOutput(Stream stdout, Stream stderr, PrintWriter messages, boolean timestamps) {
        this(new Streams(stdout, stderr, messages), timestamps, "", false);
    }

    private LogOutput(Streams streams, boolean timestamps, String job, boolean isPrefixed) {
        this.streams = streams;
        this.timestamps = timestamps;
        this.job = job;
        this.isPrefixed = isPrefixed;
    }

    /** The process's own. Not {@code System.out}, which says nothing when nobody reads any more. */
    public static LogOutput ofProcess(PrintWriter messages, boolean timestamps) {
        return new LogOutput(
                new Stream(new FileOutputStream(FileDescriptor.out), Terminal.isTerminal(1)),
                new Stream(new FileOutputStream(FileDescriptor.err), Terminal.isTerminal(2)),
                messages,
                timestamps);
    }

    /**
     * For one of several jobs, to the same streams.
     *
     * @param prefixed whether each line begins with its name, as with kubectl
     */
    LogOutput of(String name, boolean prefixed) {
        return new LogOutput(streams, timestamps, name, prefixed);
    }

    /** At once. */
    void write(LogEntry entry) {
        synchronized (streams) {
            append(entry);
            streams.flush();
        }
    }

    /** By the next {@link #flush()}; the order of both streams is kept. */
    void append(LogEntry entry) {
        synchronized (streams) {
            var stream = entry.isStderr() ? streams.stderr : streams.stdout;
            if (streams.last != null && streams.last != stream) {
                streams.last.flush();
            }
            streams.last = stream;
            begin(stream);
            if (timestamps && stream.atLineStart) {
                stream.write(TIME.format(entry.time()).getBytes(UTF_8));
            }
            stream.write(entry.bytes());
        }
    }

    /** With the job's name, where it is wanted. */
    private void begin(Stream stream) {
        if (isPrefixed) {
            if (stream.writer != this && !stream.atLineStart) {
                stream.write(new byte[] {'\n'});
            }
            if (stream.atLineStart) {
                stream.prefix("[containerjob/" + job + "] ");
            }
        }
        stream.writer = this;
    }

    void write(String out, String err) {
        synchronized (streams) {
            write(streams.stdout, out);
            write(streams.stderr, err);
            streams.flush();
        }
    }

    private void write(Stream stream, String text) {
        if (!isPrefixed) {
            stream.write(text.getBytes(UTF_8));
            return;
        }
        for (var from = 0; from < text.length(); ) {
            var end = text.indexOf('\n', from) + 1;
            var to = end == 0 ? text.length() : end;
            begin(stream);
            stream.write(text.substring(from, to).getBytes(UTF_8));
            from = to;
        }
    }

    void flush() {
        synchronized (streams) {
            streams.flush();
        }
    }

    void say(String text) {
        synchronized (streams) {
            streams.stdout.endLine();
            streams.stderr.endLine();
            streams.flush();
            streams.messages.println("longshore: " + (job.isEmpty() ? "" : job + ": ") + Terminal.line(text));
            streams.messages.flush();
        }
    }

    /** One of the two. */
    static final class Stream {
        private static final int BUFFER = 1 << 16;

        private final OutputStream out;
        /** Null where the bytes go through as they are. */
        private final TerminalCleaner cleaner;

        private boolean atLineStart = true;
        private LogOutput writer;

        Stream(OutputStream out, boolean terminal) {
            this.out = new BufferedOutputStream(out, BUFFER);
            this.cleaner = terminal ? new TerminalCleaner() : null;
        }

        private void write(byte[] bytes) {
            try {
                out.write(cleaner == null ? bytes : cleaner.clean(bytes));
            } catch (IOException e) {
                throw closed(e);
            }
            atLineStart = bytes.length == 0 ? atLineStart : bytes[bytes.length - 1] == '\n';
        }

        /** Of a line that begins. */
        private void prefix(String text) {
            write(text.getBytes(UTF_8));
            atLineStart = true;
        }

        private void flush() {
            try {
                out.flush();
            } catch (IOException e) {
                throw closed(e);
            }
        }

        private static RuntimeException closed(IOException e) {
            return StandardStream.hasNoReader(e)
                    ? new ClosedException(e)
                    : new UncheckedIOException(StandardStream.problem(e), e);
        }

        /** For people; what is piped stays as it was written. */
        private void endLine() {
            if (cleaner != null && !atLineStart) {
                write(new byte[] {'\n'});
            }
        }
    }
}
