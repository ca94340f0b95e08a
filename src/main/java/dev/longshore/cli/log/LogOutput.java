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
 * sequences where it is a terminal. What is said about the log goes to stderr, each time on a line of its own.
 */
public final class LogOutput {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z '").withZone(ZoneOffset.UTC);

    private final Stream stdout;
    private final Stream stderr;
    private final PrintWriter messages;
    private final boolean timestamps;
    /** To which something was written that may not have left yet. */
    private Stream last;

    /** The one who read has gone, such as {@code head}: nothing is left to do. */
    public static final class ClosedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ClosedException(IOException cause) {
            super("the output is closed", cause);
        }
    }

    LogOutput(Stream stdout, Stream stderr, PrintWriter messages, boolean timestamps) {
        this.stdout = stdout;
        this.stderr = stderr;
        this.messages = messages;
        this.timestamps = timestamps;
    }

    /** The process's own. Not {@code System.out}, which says nothing when nobody reads any more. */
    public static LogOutput ofProcess(PrintWriter messages, boolean timestamps) {
        return new LogOutput(
                new Stream(new FileOutputStream(FileDescriptor.out), Terminal.isTerminal(1)),
                new Stream(new FileOutputStream(FileDescriptor.err), Terminal.isTerminal(2)),
                messages,
                timestamps);
    }

    /** At once. */
    void write(LogEntry entry) {
        append(entry);
        flush();
    }

    /** By the next {@link #flush()}; the order of both streams is kept. */
    void append(LogEntry entry) {
        var stream = entry.isStderr() ? stderr : stdout;
        if (last != null && last != stream) {
            last.flush();
        }
        last = stream;
        if (timestamps && stream.atLineStart) {
            stream.write(TIME.format(entry.time()).getBytes(UTF_8));
        }
        stream.write(entry.bytes());
    }

    void write(String out, String err) {
        stdout.write(out.getBytes(UTF_8));
        stderr.write(err.getBytes(UTF_8));
        flush();
    }

    void flush() {
        stdout.flush();
        stderr.flush();
    }

    void say(String text) {
        stdout.endLine();
        stderr.endLine();
        flush();
        messages.println("longshore: " + Terminal.line(text));
        messages.flush();
    }

    /** One of the two. */
    static final class Stream {
        private static final int BUFFER = 1 << 16;

        private final OutputStream out;
        /** Null where the bytes go through as they are. */
        private final TerminalCleaner cleaner;

        private boolean atLineStart = true;

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
