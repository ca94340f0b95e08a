package dev.longshore.docker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps the end of one stream of bytes, its secrets replaced on the way in, in memory of the size of the tail. A secret is
 * found wherever pieces or the cut fall, since what may still become one is held back. One thread.
 */
final class LogTailBuffer {
    private static final byte[] MASK = Redactor.MASK.getBytes(StandardCharsets.UTF_8);
    private static final int MAX_CONTINUATION_BYTES = 3;

    private final List<byte[]> secrets;
    private final boolean[] firstBytes = new boolean[256];
    private final int tailBytes;
    /** The tail and one byte before it, which tells whether the tail begins with a line. */
    private final byte[] ring;

    private byte[] held = new byte[0];
    private long kept;

    LogTailBuffer(Redactor redactor, int tailBytes) {
        this.secrets = redactor.patterns().stream()
                .sorted(Comparator.comparingInt((byte[] secret) -> secret.length)
                        .reversed())
                .toList();
        secrets.forEach(secret -> firstBytes[secret[0] & 0xff] = true);
        this.tailBytes = tailBytes;
        this.ring = new byte[tailBytes + 1];
    }

    void append(byte[] bytes) {
        var input = bytes;
        if (held.length > 0) {
            input = Arrays.copyOf(held, held.length + bytes.length);
            System.arraycopy(bytes, 0, input, held.length, bytes.length);
        }
        held = take(input, false);
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
        held = take(held, true);
        var length = (int) Math.min(kept, tailBytes);
        var bytes = last(length);
        var truncated = moreBefore || kept > length;
        var lineStart = kept > length ? length == 0 || at(kept - length - 1) == '\n' : !moreBefore;
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

    /** Keeps what is certain, and returns what may be the beginning of a secret. */
    private byte[] take(byte[] input, boolean last) {
        var position = 0;
        while (position < input.length) {
            var skip = 0;
            if (firstBytes[input[position] & 0xff]) {
                for (var secret : secrets) {
                    var matching = commonLength(input, position, secret);
                    if (matching == secret.length) {
                        skip = secret.length;
                        break;
                    }
                    if (!last && position + matching == input.length) {
                        return Arrays.copyOfRange(input, position, input.length);
                    }
                }
            }
            if (skip == 0) {
                keep(input[position]);
                position++;
            } else {
                for (var each : MASK) {
                    keep(each);
                }
                position += skip;
            }
        }
        return new byte[0];
    }

    private static int commonLength(byte[] input, int from, byte[] secret) {
        var length = Math.min(secret.length, input.length - from);
        var mismatch = Arrays.mismatch(input, from, from + length, secret, 0, length);
        return mismatch < 0 ? length : mismatch;
    }

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
