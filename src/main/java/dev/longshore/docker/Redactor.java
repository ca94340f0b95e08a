package dev.longshore.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Replaces secret values by {@code ***}: those of four characters or more, each line of one with several. For a stream that
 * takes work linear in it, and up to 16 bytes of memory for each byte of the values; for a message work linear in the values,
 * and hardly any memory. For any number of threads.
 */
public final class Redactor {
    public static final String MASK = "***";
    /** Knows no value. */
    public static final Redactor NONE = of(List.of());

    private static final byte[] MASK_BYTES = MASK.getBytes(UTF_8);
    private static final int SHORTEST = 4;
    /** At the end of words that were too long, perhaps in the middle of a value. */
    static final String CUT = "…";
    /** Of a message, which is cut there. */
    static final int LONGEST_MESSAGE = 16 << 10;

    private final List<byte[]> secrets;
    private int count;
    private int longest;
    private long bytes;
    /** Built on first use: most secrets are in no log. */
    private SecretAutomaton automaton;

    private Redactor(Collection<byte[]> secrets) {
        this.secrets = List.copyOf(secrets);
        eachLine(line -> {
            count++;
            longest = Math.max(longest, line.length);
            bytes += line.length;
        });
    }

    private synchronized SecretAutomaton values() {
        if (automaton == null) {
            var lines = new ArrayList<byte[]>();
            eachLine(lines::add);
            automaton = SecretAutomaton.of(lines);
        }
        return automaton;
    }

    /** Does now what the first use would have to: up to seconds of work where there are MiBs of values. */
    public void makeReady() {
        var unused = values();
    }

    /** Whether it holds all the memory that it may take. */
    synchronized boolean isReady() {
        return automaton != null;
    }

    public static Redactor of(Collection<String> secrets) {
        return ofBytes(secrets.stream().map(secret -> secret.getBytes(UTF_8)).toList());
    }

    /** Of values that need not be text; where one is not, what a reader of text makes of it is masked, too. */
    public static Redactor ofBytes(Collection<byte[]> secrets) {
        return new Redactor(secrets);
    }

    /** Made each time, of one secret after the other: those that are no text take several times their size. */
    private void eachLine(Consumer<byte[]> to) {
        for (var secret : secrets) {
            var text = new String(secret, UTF_8);
            text.lines().filter(line -> line.length() >= SHORTEST).forEach(line -> to.accept(line.getBytes(UTF_8)));
            if (!Arrays.equals(text.getBytes(UTF_8), secret)) {
                eachLine(secret, to);
            }
        }
    }

    private static void eachLine(byte[] secret, Consumer<byte[]> to) {
        var start = 0;
        for (var i = 0; i <= secret.length; i++) {
            if (i == secret.length || secret[i] == '\n' || secret[i] == '\r') {
                if (i - start >= SHORTEST) {
                    to.accept(Arrays.copyOfRange(secret, start, i));
                }
                start = i + 1;
            }
        }
    }

    /** Of a message; a longer text is cut. */
    public String redact(String message) {
        if (count == 0) {
            return message;
        }
        var isLong = message.length() > LONGEST_MESSAGE;
        var isCut = isLong || message.endsWith(CUT);
        var text = isLong
                ? message.substring(0, LONGEST_MESSAGE)
                : isCut ? message.substring(0, message.length() - CUT.length()) : message;
        var redacted = masked(text.getBytes(UTF_8), isCut);
        return isCut ? redacted + CUT : redacted;
    }

    private String masked(byte[] text, boolean isCut) {
        var index = new TextIndex(text);
        eachLine(index::find);
        var found = index.found();
        if (isCut && index.cut() >= SHORTEST) {
            found[text.length] = Math.max(found[text.length], index.cut());
        }
        var masks = new ArrayDeque<Mask>();
        for (var end = 1; end <= text.length; end++) {
            var from = end - found[end];
            // Those that overlap become one.
            while (from < end && !masks.isEmpty() && masks.getLast().to() > from) {
                from = Math.min(from, masks.removeLast().from());
            }
            if (from < end) {
                masks.addLast(new Mask(from, end));
            }
        }
        var redacted = new ByteArrayOutputStream(text.length);
        var shown = 0;
        for (var mask : masks) {
            redacted.write(text, shown, mask.from() - shown);
            redacted.writeBytes(MASK_BYTES);
            shown = mask.to();
        }
        redacted.write(text, shown, text.length - shown);
        return redacted.toString(UTF_8);
    }

    private record Mask(int from, int to) {}

    /** For a stream that comes in pieces. */
    public Masking masking(Masking.Sink sink) {
        return new Masking(values(), sink);
    }

    /** Bytes of the longest value. */
    public int longest() {
        return longest;
    }

    /** How many bytes of memory it takes at most, once it is used. */
    public long mostBytes() {
        return SecretAutomaton.mostBytes(bytes);
    }

    /** How many it does take. */
    long bytes() {
        return values().bytes();
    }

    @Override
    public String toString() {
        return "Redactor[" + count + " values]";
    }
}
