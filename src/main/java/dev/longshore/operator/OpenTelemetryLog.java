package dev.longshore.operator;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings OpenTelemetry's own warnings to our log, without stack traces, and no more of a kind than one in ten minutes: a
 * collector may be away for long. An exception's text may hold a header's value, and is left out.
 */
final class OpenTelemetryLog extends Handler {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("OpenTelemetry");
    private static final long SILENCE = Duration.ofMinutes(10).toNanos();

    /** Loggers that nobody holds are forgotten with their handlers. */
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private final Map<String, Long> said = new ConcurrentHashMap<>();

    static synchronized void follow() {
        if (LIBRARY.getUseParentHandlers()) {
            LIBRARY.setUseParentHandlers(false);
            LIBRARY.setLevel(Level.WARNING);
            LIBRARY.addHandler(new OpenTelemetryLog());
        }
    }

    @Override
    public void publish(LogRecord record) {
        var now = System.nanoTime();
        var latest = said.merge(
                String.valueOf(record.getLoggerName()), now, (before, next) -> next - before < SILENCE ? before : next);
        if (latest == now) {
            var cause = record.getThrown() instanceof IOException problem
                    ? " " + problem.getClass().getSimpleName()
                    : "";
            LOG.warn("{}{}", String.valueOf(record.getMessage()).replaceAll("(?<!\\s)\\s*\\R\\s*", " "), cause);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
