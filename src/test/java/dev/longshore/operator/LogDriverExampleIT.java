package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.NeedsDocker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code examples/log-drivers} with the fluentd driver of the real daemon, and a listener in place of Fluentd. */
@NeedsDocker
class LogDriverExampleIT {
    private static final Path EXAMPLE = Path.of("examples", "log-drivers");

    private final TestOperator operator = new TestOperator();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private ServerSocket fluentd;

    @BeforeEach
    void listen() throws IOException {
        fluentd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var thread = new Thread(this::receive, "fluentd");
        thread.setDaemon(true);
        thread.start();
    }

    /** ByteArrayOutputStream is synchronized: this thread writes, the test's reads. */
    private void receive() {
        while (true) {
            try (var connection = fluentd.accept()) {
                connection.getInputStream().transferTo(received);
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        operator.close();
        fluentd.close();
    }

    @Test
    void eachLineIsShippedWithTheLabelsOfTheJob() throws IOException {
        // The test's address in place of the daemon's default, which others may use.
        operator.create(read("host.yaml").replace("[tag, labels]", "[tag, labels, fluentd-address]"));
        operator.create(read("fluentd.yaml")
                .replace(
                        "      tag: ", "      fluentd-address: 127.0.0.1:" + fluentd.getLocalPort() + "\n      tag: "));

        var status = operator.awaitFinished("report-to-fluentd").getStatus();

        assertThat(status.phase()).as(status.message()).isEqualTo(JobPhase.COMPLETED);
        await().untilAsserted(() -> assertThat(received.toString(StandardCharsets.ISO_8859_1))
                .contains("report done", "team", "data", "longshore.dev/job", "report-to-fluentd")
                .contains("longshore.dev/namespace", operator.namespace()));
        assertThat(status.logs().stdout()).as("from the daemon's copy").isEqualTo("report done\n");
    }

    @Test
    void anAddressIsNotTheJobsToChoose() throws IOException {
        operator.create(read("host.yaml"));
        operator.create(read("fluentd.yaml").replace("      tag: ", "      fluentd-address: 127.0.0.1:9\n      tag: "));

        var status = operator.awaitFinished("report-to-fluentd").getStatus();

        assertThat(status.reason()).isEqualTo(JobReason.POLICY_DENIED);
        assertThat(status.message()).contains("fluentd-address");
    }

    private static String read(String file) throws IOException {
        return Files.readString(EXAMPLE.resolve(file));
    }
}
