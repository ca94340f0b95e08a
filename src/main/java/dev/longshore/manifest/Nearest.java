package dev.longshore.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name that someone who mistyped may have meant. */
public final class Nearest {
    private Nearest() {}

    /** The one of {@code known} with the fewest letters to change, if they are few. */
    public static Optional<String> to(String name, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= mostChanges(name))
                .min(Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** To be put behind a message: {@code ; did you mean …?}, or nothing. */
    public static String suggestion(String name, Collection<String> known) {
        return to(name, known).map(nearest -> "; did you mean " + nearest + "?").orElse("");
    }

    private static int mostChanges(String name) {
        return Math.max(1, name.length() / 3);
    }

    /** Letters to insert, remove or replace; upper and lower case are the same letter. */
    private static int distance(String from, String to) {
        if (Math.abs(from.length() - to.length()) > mostChanges(from)) {
            return Integer.MAX_VALUE;
        }
        var a = from.toLowerCase(Locale.ROOT);
        var b = to.toLowerCase(Locale.ROOT);
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                var replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
