package dev.longshore.django;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.Set;

/**
 * Cuts the strings of a JSON text that are too long to keep, so that a parser, which has a whole string in memory, can read on
 * behind them. One thread.
 */
final class LongStrings extends FilterReader {
    private static final int HEX_DIGITS = 4;

    private final int most;
    /** Where those that were cut begin, in the characters that were passed on. */
    private final Set<Long> cut = new HashSet<>();

    private long passed;
    private long start;
    private long length;
    private boolean inString;
    private boolean isCut;
    private boolean escaped;
    /** Of an escape like {@code \u00e4}, those to come. */
    private int digits;

    /** @param most characters of a string as it is written, escapes and all */
    LongStrings(Reader json, int most) {
        super(json);
        this.most = most;
    }

    /**
     * Whether a string that was read to its end was cut.
     *
     * @param offset of its first quote, or of the character after it
     */
    boolean wasCut(long offset) {
        return cut.contains(offset) || cut.contains(offset - 1);
    }

    @Override
    public int read() throws IOException {
        var one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int size) throws IOException {
        var kept = 0;
        while (kept == 0) {
            var count = super.read(buffer, offset, size);
            if (count <= 0) {
                return count;
            }
            for (var i = offset; i < offset + count; i++) {
                if (isKept(buffer[i])) {
                    buffer[offset + kept] = buffer[i];
                    kept++;
                    passed++;
                }
            }
        }
        return kept;
    }

    private boolean isKept(char each) {
        if (!inString) {
            inString = each == '"';
            start = passed;
            length = 0;
            return true;
        }
        if (each == '"' && !escaped) {
            if (isCut) {
                cut.add(start);
            }
            inString = false;
            isCut = false;
            return true;
        }
        // Not in the middle of an escape.
        isCut |= length >= most && !escaped && digits == 0;
        if (escaped) {
            digits = each == 'u' ? HEX_DIGITS : 0;
            escaped = false;
        } else {
            escaped = each == '\\';
            digits = Math.max(0, digits - 1);
        }
        length++;
        return !isCut;
    }
}
