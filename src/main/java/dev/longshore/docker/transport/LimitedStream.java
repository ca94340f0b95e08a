package dev.longshore.docker.transport;

import dev.longshore.docker.AnswerTooLongException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** At most so many bytes of a daemon's answer, or of each of its parts. For one thread. */
public final class LimitedStream extends FilterInputStream {
    private final String what;
    private final long limit;
    private long left;

    /** @param what is read, for the message */
    public LimitedStream(InputStream from, String what, long limit) {
        super(from);
        this.what = what;
        this.limit = limit;
        this.left = limit;
    }

    /** The next part begins. */
    public void restart() {
        left = limit;
    }

    @Override
    public int read() throws IOException {
        var read = super.read();
        spend(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        var read = super.read(bytes, from, length);
        spend(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        var skipped = super.skip(bytes);
        spend(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void spend(long bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new AnswerTooLongException(what, limit);
        }
    }
}
