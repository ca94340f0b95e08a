package dev.longshore.cli;

import java.util.Locale;

/** Settings that logback reads when the first logger is made. */
final class Logging {
    private Logging() {}

    static void format(OperatorCommand.LogFormat format) {
        System.setProperty("longshore.log.format", format.name().toLowerCase(Locale.ROOT));
    }

    /** For commands whose output is for people: only what they have to know. */
    static void quiet() {
        if (System.getenv("LONGSHORE_LOG_LEVEL") == null) {
            System.setProperty("longshore.log.level", "ERROR");
        }
    }
}
