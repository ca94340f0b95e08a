package dev.longshore.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * How many bytes something takes as JSON in the form that the API server stores: Go may write not only control characters
 * but also {@code <}, {@code >} and {@code &} as six bytes. Nothing is written anywhere.
 */
public final class JsonSize {
    /** Bytes of the character that takes most. */
    public static final int LONGEST_CHARACTER = 6;

    /** Of the heap, that a text, a list or an object takes beside its bytes. */
    private static final long NODE = 60;
    /** Of the heap, that each name in a map takes beside its bytes. */
    private static final long KEY = 90;
    /** An object with more names is a map: the fields of a record are there once for all of its kind. */
    private static final int MOST_FIELDS = 40;

    private static final String SHORT = "\"\\\n\r\t\b\f";
    private static final JsonMapper JSON = new JsonMapper();

    private JsonSize() {}

    public static long of(Object value) {
        var counter = new Counter();
        try {
            JSON.writeValue(counter, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counter.bytes;
    }

    /** About how many bytes of the heap something takes once it was read: small texts take far more than they do as JSON. */
    static long inMemory(JsonNode node) {
        return of(node) + beside(node);
    }

    /** No deeper than Jackson reads. */
    private static long beside(JsonNode node) {
        var beside = node.isContainerNode() || node.isTextual() ? NODE : 0;
        if (node.isObject() && node.size() > MOST_FIELDS) {
            beside += KEY * node.size();
        }
        for (var child : node) {
            beside += beside(child);
        }
        return beside;
    }

    /** Of a part of a text, without quotes; each half of a surrogate pair counts half of it. */
    public static long ofText(String text, int from, int to) {
        var bytes = 0L;
        for (var i = from; i < to; i++) {
            bytes += of(text.charAt(i));
        }
        return bytes;
    }

    private static int of(char character) {
        if (SHORT.indexOf(character) >= 0) {
            return 2;
        }
        if (character < ' ' || isWrittenAsSix(character) || character == '\u2028' || character == '\u2029') {
            return LONGEST_CHARACTER;
        }
        if (character < 0x80) {
            return 1;
        }
        return character < 0x800 || Character.isSurrogate(character) ? 2 : 3;
    }

    private static boolean isWrittenAsSix(int character) {
        return character == '<' || character == '>' || character == '&';
    }

    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int one) {
            bytes += isWrittenAsSix(one) ? LONGEST_CHARACTER : 1;
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            for (var i = offset; i < offset + length; i++) {
                write(some[i]);
            }
        }
    }
}
