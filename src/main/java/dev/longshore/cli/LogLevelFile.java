package dev.longshore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with a level in it, which holds from a few seconds after it was written; without the file, or with an empty one,
 * the level that the process began with. Whoever can write the file decides, and it moves the level of all loggers together:
 * those that would log passwords stay as they are.
 */
final class LogLevelFile {
    private static final Logger LOG = LoggerFactory.getLogger(LogLevelFile.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int LONGEST = 100;

    private final Path file;
    private final ch.qos.logback.classic.Logger root;
    private final Level begun;
    private String last = "";

    LogLevelFile(Path file, ch.qos.logback.classic.Logger root) {
        this.file = file;
        this.root = root;
        this.begun = root.getLevel();
    }

    /** Looks at the file from now on, by a thread of its own. */
    static void follow(Path file) {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof ch.qos.logback.classic.Logger root) {
            var levels = new LogLevelFile(file, root);
            levels.check();
            var thread = new Thread(levels::keepChecking, "log-level");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void keepChecking() {
        try {
            while (true) {
                Thread.sleep(PAUSE.toMillis());
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void check() {
        var text = read();
        if (text.equals(last)) {
            return;
        }
        last = text;
        var level = text.isEmpty() ? Optional.of(begun) : level(text);
        if (level.isEmpty()) {
            LOG.warn("{}: invalid log level: use ERROR, WARN, INFO, DEBUG or TRACE", file);
        } else if (!level.get().equals(root.getLevel())) {
            root.setLevel(level.get());
            LOG.warn("log level changed to {}", level.get());
        }
    }

    private static Optional<Level> level(String text) {
        return Optional.ofNullable(Level.toLevel(text, null)).filter(level -> !level.equals(Level.OFF));
    }

    private String read() {
        try (var stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(LONGEST), UTF_8).strip().toUpperCase(Locale.ROOT);
        } catch (IOException e) {
            return "";
        }
    }
}
