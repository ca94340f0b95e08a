package dev.longshore.cron.times;

import java.util.regex.Pattern;

/** A user's text in a message. */
final class Quote {
    private static final int LONGEST = 64;
    /** Control and format characters, halves of characters, and what breaks a line. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private Quote() {}

    /** In quotation marks, on one line, 64 characters at most. */
    static String of(String text) {
        var start = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
        return '"' + UNPRINTABLE.matcher(start).replaceAll("?") + '"';
    }
}
