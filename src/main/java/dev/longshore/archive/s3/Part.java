package dev.longshore.archive.s3;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The bytes that are sent at once. In pieces, so that a short log takes little memory and a long one is never copied. */
final class Part {
    static final int SIZE = 8 << 20;

    private static final int PIECE = 128 << 10;

    private final List<byte[]> pieces = new ArrayList<>();
    private int length;

    int length() {
        return length;
    }

    boolean isFull() {
        return length == SIZE;
    }

    /** Takes as many as there is room for in the last piece, and returns their number; not to be called of a full one. */
    int append(byte[] bytes, int offset, int count) {
        var index = length / PIECE;
        if (index == pieces.size()) {
            pieces.add(new byte[PIECE]);
        }
        var used = length % PIECE;
        var taken = Math.min(count, PIECE - used);
        System.arraycopy(bytes, offset, pieces.get(index), used, taken);
        length += taken;
        return taken;
    }

    /** Of the bytes as they are now. */
    InputStream stream() {
        var streams = new ArrayList<InputStream>();
        for (var start = 0; start < length; start += PIECE) {
            streams.add(new ByteArrayInputStream(pieces.get(start / PIECE), 0, Math.min(PIECE, length - start)));
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /** For the next one, in the same memory. */
    void clear() {
        length = 0;
    }
}
