package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.testing.S3Server;
import dev.longshore.testing.StoreRelay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An operator whose archive is not available starts, and says so once. */
class OperatorArchiveIT {
    private final Logger logger = (Logger) LoggerFactory.getLogger(OperatorArchive.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static OperatorArchive archive(String uri, String endpoint) {
        return new OperatorArchive(Optional.of(ArchiveOptions.of(uri, endpoint, null)));
    }

    @Test
    void aFolderThatIsNotMounted(@TempDir Path folder) {
        var uri = "file://" + folder + "/missing";
        try (var archive = archive(uri, null)) {
            archive.check("longshore");
            await().until(() -> !warnings().isEmpty());
            assertThat(warnings())
                    .containsExactly(
                            "log archive " + uri + ": the folder does not exist: create it, or mount its volume;"
                                    + " logs are uploaded once it works");
        }
    }

    @Test
    void aStoreThatIsDownOrHasNoSuchBucket() throws IOException {
        var server = S3Server.shared();
        try (var relay = new StoreRelay(server.port());
                var archive = archive("s3://missing", relay.endpoint())) {
            relay.fault(StoreRelay.Fault.CLOSED);
            archive.check("longshore");
            await().atMost(Duration.ofMinutes(1)).until(() -> warnings().size() == 1);
            relay.fault(StoreRelay.Fault.NONE);
            archive.check("longshore");
            await().until(() -> warnings().size() == 2);
            assertThat(warnings().get(0)).contains("s3://missing: connection to " + relay.endpoint() + " lost: ");
            assertThat(warnings().get(1)).contains("s3://missing: the bucket does not exist: create it");
        }
    }
}
