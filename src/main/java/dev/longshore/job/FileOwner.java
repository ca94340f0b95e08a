package dev.longshore.job;

import java.util.regex.Pattern;

/** Who owns the files put into a container: its user where that is a number, else root. */
record FileOwner(long uid, long gid) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    static FileOwner of(String user) {
        var parts = (user == null ? "" : user).split(":", 2);
        return new FileOwner(number(parts[0]), parts.length < 2 ? 0 : number(parts[1]));
    }

    private static long number(String text) {
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
    }
}
