package dev.longshore.docker.dockerjava;

import dev.longshore.docker.Masking;
import dev.longshore.docker.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keeps the end of one stream of bytes, its secrets replaced on the way in, in memory of the size of the tail. One thread.
 */
final class LogTailBuffer {
    private static final byte[] MASK = Redactor.MASK.getBytes(StandardCharsets.UTF_8);
    private static final int MAX_CONTINUATION_BYTES = 3;

    private final Masking masking;
    private final int tailBytes;
    /** So many bytes at the beginning may be the end of a secret, if what came first is not the beginning of the stream. */
    private final int edge;
    /** The tail and one byte before it, which tells whether the tail begins with a line. */
    private final byte[] ring;

    private long kept;

    LogTailBuffer(Redactor redactor, int tailBytes) {
        this.tailBytes = tailBytes;
        this.edge = Math.max(0, redactor.longest() - 1);
        this.ring = new byte[tailBytes + 1];
        this.masking = redactor.masking(new Masking.Sink() {
            @Override
            public void put(byte each) {
                keep(each);
            }

            @Override
            public void mask() {
                for (var each : MASK) {
                    keep(each);
                }
            }
        });
    }

    void append(byte[] bytes) {
        masking.append(bytes);
    }

    /** Whether there was more of the stream, its secrets replaced, than the tail holds. */
    boolean isFull() {
        return kept > tailBytes;
    }

    /**
     * The tail; call once, after the last piece.
     *
     * @param moreBefore whether the first piece was not the beginning of the stream
     */
    Tail finish(boolean moreBefore) {
        masking.finish();
        var length = (int) Math.min(kept, tailBytes);
        var bytes = last(length);
        var truncated = moreBefore || kept > length;
        var lineStart = kept > length ? length == 0 || at(kept - length - 1) == '\n' : !moreBefore;
        if (moreBefore && !lineStart) {
            bytes = withoutCutSecret(bytes, (int) Math.max(0, edge - (kept - length)));
        }
        var text = new String(truncated ? withoutBrokenStart(bytes) : bytes, StandardCharsets.UTF_8)
                .replace('\0', '\uFFFD');
        // A replacement character is longer than the byte it stands for.
        var excess = text.getBytes(StandardCharsets.UTF_8).length - tailBytes;
        if (excess > 0) {
            text = dropFront(text, excess);
            truncated = true;
            lineStart = false;
        }
        var end = text.indexOf('\n');
        if (!lineStart && end >= 0 && end + 1 < text.length()) {
            text = text.substring(end + 1);
        }
        return new Tail(text, truncated);
    }

    record Tail(String text, boolean truncated) {}

    private void keep(byte each) {
        ring[(int) (kept % ring.length)] = each;
        kept++;
    }

    private byte at(long position) {
        return ring[(int) (position % ring.length)];
    }

    private byte[] last(int length) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = at(kept - length + i);
        }
        return bytes;
    }

    /** A value that the cut fell into ends with its line, and has been no longer than {@code most} bytes since. */
    private static byte[] withoutCutSecret(byte[] bytes, int most) {
        var start = 0;
        while (start < Math.min(most, bytes.length) && bytes[start] != '\n') {
            start++;
        }
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    /** The cut may have fallen into a character. */
    private static byte[] withoutBrokenStart(byte[] bytes) {
        var start = 0;
        while (start < Math.min(MAX_CONTINUATION_BYTES, bytes.length) && (bytes[start] & 0xc0) == 0x80) {
            start++;
        }
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    private static String dropFront(String text, int bytes) {
        var dropped = 0;
        var start = 0;
        while (dropped < bytes) {
            var character = text.codePointAt(start);
            dropped += new String(Character.toChars(character)).getBytes(StandardCharsets.UTF_8).length;
            start += Character.charCount(character);
        }
        return text.substring(start);
    }
}
