package dev.longshore.docker;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Replaces secret values by {@code ***}: those of four characters or more, each line of one with several. */
public final class Redactor {
    public static final String MASK = "***";
    private static final int SHORTEST = 4;

    private final List<String> values;

    private Redactor(List<String> values) {
        this.values = values;
    }

    public static Redactor of(Collection<String> secrets) {
        return new Redactor(secrets.stream()
                .flatMap(String::lines)
                .distinct()
                .filter(line -> line.length() >= SHORTEST)
                .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList());
    }

    public String redact(String text) {
        var redacted = text;
        for (var value : values) {
            redacted = redacted.replace(value, MASK);
        }
        return redacted;
    }

    /** What to look for in a stream of bytes, longest first. */
    List<byte[]> patterns() {
        return values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public String toString() {
        return "Redactor[" + values.size() + " values]";
    }
}
