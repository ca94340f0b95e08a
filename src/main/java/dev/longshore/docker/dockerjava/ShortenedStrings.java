package dev.longshore.docker.dockerjava;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * JSON whose strings and names are cut where they get too long. A parser has to hold each name as a whole, also one that is
 * to be skipped, and refuses what is too long for it; so would a tenant's label take a host from all others. For one thread.
 */
final class ShortenedStrings extends FilterInputStream {
    private static final int HEX_DIGITS = 4;

    private final int longest;
    private boolean inString;
    /** In the string, escapes included. */
    private int length;
    /** Bytes that belong to the escape that has begun; -1: the next one says. */
    private int escaped;

    private boolean cut;

    /** @param longest bytes of a string */
    ShortenedStrings(InputStream json, int longest) {
        super(json);
        this.longest = longest;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        while (true) {
            var read = super.read(bytes, from, most);
            if (read < 0) {
                return read;
            }
            var kept = from;
            for (var at = from; at < from + read; at++) {
                if (isKept(bytes[at])) {
                    bytes[kept++] = bytes[at];
                }
            }
            if (kept > from) {
                return kept - from;
            }
        }
    }

    private boolean isKept(byte next) {
        if (!inString) {
            inString = next == '"';
            length = 0;
            cut = false;
            return true;
        }
        if (escaped != 0) {
            escaped = escaped > 0 ? escaped - 1 : next == 'u' ? HEX_DIGITS : 0;
        } else if (next == '"') {
            inString = false;
            return true;
        } else {
            // Between two characters, which UTF-8 may need several bytes for.
            cut |= length >= longest && (next & 0xc0) != 0x80;
            escaped = next == '\\' ? -1 : 0;
        }
        length += cut ? 0 : 1;
        return !cut;
    }

    @Override
    public long skip(long bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
