package dev.longshore.names;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the closest existing name for a misspelled one. */
public final class Nearest {
    private static final int FEWEST_LETTERS = 3;
    /** No name of Kubernetes is longer, and comparing takes the product of both lengths. */
    private static final int LONGEST = 253;

    private Nearest() {}

    /**
     * The name with the smallest edit distance, of those that are close or start with what was written; empty if there is none.
     */
    public static Optional<String> to(String written, Collection<String> names) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        return names.stream()
                .filter(name -> name.length() <= LONGEST)
                .filter(name -> distance(written, name) <= mostChanges(written) || isBeginning(written, name))
                .min(Comparator.<String>comparingInt(name -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The same as the end of a message; empty if there is none. */
    public static String suggestion(String written, Collection<String> names) {
        return to(written, names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    private static int mostChanges(String written) {
        return Math.max(1, (written.length() + 1) / 3);
    }

    /** Too many names start with one or two letters. */
    private static boolean isBeginning(String written, String name) {
        return written.length() >= FEWEST_LETTERS
                && name.toLowerCase(Locale.ROOT).startsWith(written.toLowerCase(Locale.ROOT));
    }

    /** Letters inserted, deleted, replaced, or swapped with their neighbor. */
    private static int distance(String written, String name) {
        var from = written.toLowerCase(Locale.ROOT);
        var to = name.toLowerCase(Locale.ROOT);
        var rows = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                rows[row][column] = row == 0 || column == 0 ? row + column : cheapest(rows, from, to, row, column);
            }
        }
        return rows[from.length()][to.length()];
    }

    private static int cheapest(int[][] rows, String from, String to, int row, int column) {
        var replaced = rows[row - 1][column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
        var best = Math.min(replaced, 1 + Math.min(rows[row - 1][column], rows[row][column - 1]));
        var exchanged = row > 1
                && column > 1
                && from.charAt(row - 1) == to.charAt(column - 2)
                && from.charAt(row - 2) == to.charAt(column - 1);
        return exchanged ? Math.min(best, rows[row - 2][column - 2] + 1) : best;
    }
}
