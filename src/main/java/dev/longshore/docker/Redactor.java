package dev.longshore.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Replaces secret values by {@code ***}: those of four characters or more, each line of one with several. Takes work linear
 * in the text, and up to 16 bytes of memory for each byte of the values. For any number of threads.
 */
public final class Redactor {
    public static final String MASK = "***";
    /** Knows no value. */
    public static final Redactor NONE = of(List.of());

    private static final byte[] MASK_BYTES = MASK.getBytes(UTF_8);
    private static final int SHORTEST = 4;
    /** At the end of words that were too long, perhaps in the middle of a value. */
    static final String CUT = "…";

    private final int count;
    private final long most;
    /** Until the automaton is built, on first use: most secrets are in no message and no log. */
    private List<byte[]> lines;

    private SecretAutomaton automaton;
    private final int longest;

    private Redactor(List<byte[]> lines) {
        this.count = lines.size();
        this.longest = lines.stream().mapToInt(line -> line.length).max().orElse(0);
        this.most = SecretAutomaton.mostBytes(lines);
        this.lines = lines;
    }

    private synchronized SecretAutomaton values() {
        if (automaton == null) {
            automaton = SecretAutomaton.of(lines);
            lines = null;
        }
        return automaton;
    }

    /** Does now what the first use would have to: up to seconds of work where there are MiBs of values. */
    public void makeReady() {
        var unused = values();
    }

    public static Redactor of(Collection<String> secrets) {
        return ofBytes(secrets.stream().map(secret -> secret.getBytes(UTF_8)).toList());
    }

    /** Of values that need not be text; where one is not, what a reader of text makes of it is masked, too. */
    public static Redactor ofBytes(Collection<byte[]> secrets) {
        var lines = new ArrayList<byte[]>();
        for (var secret : secrets) {
            var text = new String(secret, UTF_8);
            text.lines().filter(line -> line.length() >= SHORTEST).forEach(line -> lines.add(line.getBytes(UTF_8)));
            if (!Arrays.equals(text.getBytes(UTF_8), secret)) {
                addLines(secret, lines);
            }
        }
        return new Redactor(lines);
    }

    private static void addLines(byte[] secret, List<byte[]> lines) {
        var start = 0;
        for (var i = 0; i <= secret.length; i++) {
            if (i == secret.length || secret[i] == '\n' || secret[i] == '\r') {
                if (i - start >= SHORTEST) {
                    lines.add(Arrays.copyOfRange(secret, start, i));
                }
                start = i + 1;
            }
        }
    }

    public String redact(String text) {
        if (count == 0) {
            return text;
        }
        var redacted = new ByteArrayOutputStream(text.length());
        var masking = masking(new Masking.Sink() {
            @Override
            public void put(byte each) {
                redacted.write(each);
            }

            @Override
            public void mask() {
                redacted.writeBytes(MASK_BYTES);
            }
        });
        if (text.endsWith(CUT)) {
            masking.append(text.substring(0, text.length() - CUT.length()).getBytes(UTF_8));
            masking.finishCut(SHORTEST);
            return redacted.toString(UTF_8) + CUT;
        }
        masking.append(text.getBytes(UTF_8));
        masking.finish();
        return redacted.toString(UTF_8);
    }

    /** For a stream that comes in pieces. */
    Masking masking(Masking.Sink sink) {
        return new Masking(values(), sink);
    }

    /** Bytes of the longest value. */
    int longest() {
        return longest;
    }

    /** How many bytes of memory it takes at most, once it is used. */
    public long mostBytes() {
        return most;
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
