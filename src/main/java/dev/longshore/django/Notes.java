package dev.longshore.django;

import java.util.ArrayList;
import java.util.List;

/** What could not be carried over, in the order in which it was found. Bounded. */
final class Notes {
    private static final int MOST = 5_000;
    private static final int MOST_SHOWN = 100;

    private final List<String> all = new ArrayList<>();
    private final List<String> general = new ArrayList<>();
    private int more;

    /** About the dump as a whole. */
    void add(String what) {
        if (general.size() < MOST) {
            general.add(what);
            all.add(what);
        } else {
            more++;
        }
    }

    void add(Row row, String what) {
        add(row + ": " + what);
    }

    void skip(Row row, String reason) {
        add(row, "skipped: " + reason);
    }

    /** With a comment of its own at the resource. */
    void addOfResource(Row row, String what) {
        all.add(row + ": " + what);
    }

    /** For stderr. */
    List<String> all() {
        return withMore(all);
    }

    /** For the head of the output. */
    List<String> general() {
        return withMore(general);
    }

    private List<String> withMore(List<String> lines) {
        var shown = new ArrayList<>(lines);
        if (more > 0) {
            shown.add("and " + more + " more");
        }
        return shown;
    }

    /** On one line, without control characters, and truncated where it is long. */
    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().limit(MOST_SHOWN).forEach(each -> {
            if (each == '"' || each == '\\') {
                quoted.append('\\').appendCodePoint(each);
            } else if (isPlain(each)) {
                quoted.appendCodePoint(each);
            } else {
                quoted.append("\\u%04x".formatted(each));
            }
        });
        return quoted.append(text.codePointCount(0, text.length()) > MOST_SHOWN ? "…\"" : "\"")
                .toString();
    }

    /** Whether a character can be read, and does nothing else. */
    static boolean isPlain(int each) {
        return switch (Character.getType(each)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
