package dev.longshore.cli;

import ch.qos.logback.classic.Level;
import dev.longshore.cli.output.QuietLog;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings that logback reads when the first logger is made. */
final class Logging {
    private Logging() {}

    static void format(OperatorCommand.LogFormat format) {
        System.setProperty("longshore.log.format", format.name().toLowerCase(Locale.ROOT));
    }

    /** For commands whose output is for people: only what they have to know. */
    static void quiet() {
        level("ERROR");
        if (System.getenv("LONGSHORE_LOG_LEVEL") == null) {
            QuietLog.choose();
        }
    }

    /** For an operator that someone watches: what does not go as it should. */
    static void brief() {
        level("WARN");
    }

    /** At the end of a process, when what it is connected to ends as well. */
    static void off() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            root.getLoggerContext().getLoggerList().forEach(logger -> logger.setLevel(Level.OFF));
        }
    }

    private static void level(String level) {
        if (System.getenv("LONGSHORE_LOG_LEVEL") == null) {
            System.setProperty("longshore.log.level", level);
        }
    }
}
