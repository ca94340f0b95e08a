package dev.longshore.docker.log;

import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads what {@link WholeLog} wrote. Takes hardly any memory, whatever the input: a line that is longer than a daemon's entries
 * comes in pieces, and one that is not of this format is skipped. What the input throws besides an {@link IOException} goes
 * through. One thread.
 */
public final class ArchivedLog implements LogStream {
    private static final int BUFFER = 1 << 16;
    /** Of an entry. */
    private static final int LONGEST = 1 << 16;
    /** A time, a stream and a tag, with a space after each. */
    private static final int LONGEST_HEAD = 64;

    private final InputStream input;
    private InputStream text;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private byte[] line = new byte[1 << 10];
    private int length;

    /** Of the line that is being read; null between two. */
    private LineHeads.Head head;

    private final LineHeads heads = new LineHeads();

    /** What ended the text in the middle of a line whose beginning was returned. */
    private IOException failure;

    private long skipped;

    /** A log that cannot be read to its end. The message says why, and not which log. */
    public static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** @param input the bytes of the file; closed with this */
    public ArchivedLog(InputStream input) {
        this.input = input;
    }

    @Override
    public Instant openedAt() {
        return null;
    }

    /** How many lines so far are not of this format, and were left out. */
    public long skipped() {
        return skipped;
    }

    /** @throws BrokenException if the input is not gzip, damaged or cut off, or cannot be read */
    @Override
    public LogEntry next() {
        try {
            while (true) {
                if (failure != null) {
                    throw failure;
                }
                if (head == null && !readHead()) {
                    return null;
                }
                if (head != null) {
                    return readText();
                }
            }
        } catch (EOFException e) {
            throw new BrokenException("it is cut off", e);
        } catch (ZipException e) {
            throw new BrokenException("it is not gzip, or damaged", e);
        } catch (IOException e) {
            throw new BrokenException("read error: " + e.getMessage(), e);
        }
    }

    /** False at the end. No head is left of a line that has none. */
    private boolean readHead() throws IOException {
        length = 0;
        for (var spaces = 0; spaces < 3; ) {
            var next = read();
            if (next < 0 && length == 0) {
                return false;
            }
            if (next < 0 || next == '\n' || length == LONGEST_HEAD) {
                skipLine(next);
                return true;
            }
            spaces += next == ' ' ? 1 : 0;
            line[length++] = (byte) next;
        }
        head = heads.parse(line, length);
        if (head == null) {
            skipLine(0);
        }
        return true;
    }

    private void skipLine(int last) throws IOException {
        skipped++;
        for (var next = last; next >= 0 && next != '\n'; ) {
            next = read();
        }
    }

    /** Up to the end of the line, or so much of it as an entry may have, or as there is. */
    private LogEntry readText() throws IOException {
        var of = head;
        length = 0;
        try {
            while (head != null && length < LONGEST) {
                var next = readInLine();
                if (next == '\n') {
                    head = null;
                }
                if (next != '\n' || !of.isPart()) {
                    append(next);
                }
            }
        } catch (IOException e) {
            failure = e;
            if (length == 0) {
                throw e;
            }
        }
        return new LogEntry(of.isStderr(), of.time(), Arrays.copyOf(line, length));
    }

    /** A line ends with its newline: where there is none, somebody cut the text. */
    private int readInLine() throws IOException {
        var next = read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    private void append(int next) {
        if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = (byte) next;
    }

    /** -1 at the end. */
    private int read() throws IOException {
        if (position == limit) {
            if (text == null) {
                text = new GZIPInputStream(input, BUFFER);
            }
            limit = Math.max(0, text.read(buffer, 0, BUFFER));
            position = 0;
            if (limit == 0) {
                return -1;
            }
        }
        return buffer[position++] & 0xff;
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            // Nothing was written, and all that was wanted has been read.
            return;
        }
    }
}
