package dev.longshore.cli;

import java.util.regex.Pattern;

/** Text of a container's making, on its way to someone's terminal. */
final class Terminal {
    /** Escape sequences, which could move the cursor or worse, and all other control characters but tab and newline. */
    private static final Pattern CONTROL = Pattern.compile(
            "\u001b\\[[0-?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|\u001b.?|[\\p{Cntrl}&&[^\t\n]]");

    private Terminal() {}

    static String clean(String text) {
        return CONTROL.matcher(text).replaceAll("").stripTrailing();
    }

    /** The same, on one line. */
    static String line(String text) {
        return clean(text).replaceAll("\\s*[\n\t]\\s*", " ");
    }
}
