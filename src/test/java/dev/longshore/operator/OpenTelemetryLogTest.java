package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.ConnectException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OpenTelemetryLogTest {
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("OpenTelemetry");
    private final OpenTelemetryLog log = new OpenTelemetryLog();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
    }

    @AfterEach
    void stop() {
        logger.setAdditive(true);
        logger.detachAppender(lines);
    }

    private void say(String from, String message, Throwable thrown) {
        var line = new LogRecord(Level.WARNING, message);
        line.setLoggerName(from);
        line.setThrown(thrown);
        log.publish(line);
    }

    @Test
    void aCollectorThatIsAwayIsSaidOnce() {
        say("exporter", "Failed to export 1 spans.", new ConnectException());
        say("exporter", "Failed to export 2 spans.", new ConnectException());
        say("settings", "The port is likely\n  another.", null);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Failed to export 1 spans. ConnectException", "The port is likely another.");
    }

    @Test
    void theTextOfAnExceptionIsNotToldForItMayHoldAHeader() {
        say("exporter", "Failed to export 1 spans.", new IllegalArgumentException("invalid header value: s3cret"));
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Failed to export 1 spans.");
        assertThat(lines.list.get(0).getThrowableProxy()).isNull();
    }
}
