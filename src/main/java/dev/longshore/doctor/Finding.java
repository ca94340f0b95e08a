package dev.longshore.doctor;

import java.util.Locale;

/**
 * What one check of a daemon has found.
 *
 * @param check what was checked, in a word or two
 * @param remedy how to mend it; empty where there is nothing to mend
 */
public record Finding(Level level, String check, String detail, String remedy) {
    /** How much it matters, in rising order. */
    public enum Level {
        OK,
        /** Good to know: it works, but differently than elsewhere. */
        NOTE,
        /** Something will not work, or is not safe. */
        WARNING,
        /** The daemon cannot be used. */
        ERROR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String detail) {
        return new Finding(Level.OK, check, detail, "");
    }

    /** Without a remedy: nothing is broken. */
    public static Finding note(String check, String detail) {
        return new Finding(Level.NOTE, check, detail, "");
    }

    public static Finding warning(String check, String detail, String remedy) {
        return new Finding(Level.WARNING, check, detail, remedy);
    }

    public static Finding error(String check, String detail, String remedy) {
        return new Finding(Level.ERROR, check, detail, remedy);
    }
}
