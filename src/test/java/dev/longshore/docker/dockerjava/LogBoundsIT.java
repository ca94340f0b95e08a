package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.LogRequest;
import dev.longshore.docker.LogTail;
import dev.longshore.docker.Redactor;
import dev.longshore.testing.StandInDaemon;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The ends of logs that are long, or that come slowly. */
class LogBoundsIT {
    private static final Pattern TAIL = Pattern.compile("/logs[?].*tail=([0-9]+)");
    private static final int KIB = 1024;
    private static final Duration FOR_PACES = Duration.ofMillis(700);
    /** Many times of what is read. */
    private static final int WITHOUT_END = 1_000_000;

    /** Sends so many of the last entries. */
    @FunctionalInterface
    private interface Log {
        void send(int entries, OutputStream out) throws IOException;
    }

    private static LogTail tail(Duration time, Log log, int bytes, String... secrets) throws IOException {
        var version = StandInDaemon.version("1.41", "1.12");
        var daemon = new StandInDaemon((head, client) -> {
            var tail = TAIL.matcher(head);
            if (tail.find()) {
                send(log, Integer.parseInt(tail.group(1)), client);
            } else {
                version.to(head, client);
            }
        });
        var bounds = new LogReader.Bounds(4 * KIB * KIB, 16 * KIB * KIB, time);
        var factory = new DockerJavaEngineFactory(ImagePulling.Patience.USUAL, bounds);
        try (daemon;
                var engine = factory.connect(new Endpoint(daemon.endpoint(), null))) {
            return engine.logs("id", new LogRequest(bytes, Redactor.of(List.of(secrets))));
        }
    }

    private static LogTail tail(Log log, int bytes, String... secrets) throws IOException {
        return tail(Duration.ofSeconds(20), log, bytes, secrets);
    }

    private static void send(Log log, int entries, Socket client) throws IOException {
        var out = client.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
        log.send(entries, out);
    }

    private static void entry(OutputStream out, int stream, String text) throws IOException {
        out.write(ByteBuffer.allocate(8 + text.length())
                .put((byte) stream)
                .put(new byte[3])
                .putInt(text.length())
                .put(text.getBytes(ISO_8859_1))
                .array());
    }

    /** As on a slow line: nothing here waits for it. */
    private static void pause() {
        try {
            assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void ofALineOfHundredsOfMegabytesTheEndIsReadAndLittleMore() throws IOException {
        var tail = tail(
                (entries, out) -> {
                    for (var number = 0; number < (entries > 100 ? WITHOUT_END : entries); number++) {
                        entry(out, 1, "x".repeat(16 * KIB));
                    }
                    entry(out, 1, "end\n");
                },
                10);
        assertThat(tail).isEqualTo(new LogTail("xxxxxxend\n", "", true));
    }

    @Test
    void ofEntriesThatHaveNoEndNothingIsKeptAndThatIsSaid() throws IOException {
        var tail = tail(
                (entries, out) -> {
                    out.write(ByteBuffer.allocate(8)
                            .put((byte) 1)
                            .put(new byte[3])
                            .putInt(Integer.MAX_VALUE)
                            .array());
                    for (var number = 0; number < WITHOUT_END; number++) {
                        out.write(new byte[16 * KIB]);
                    }
                },
                10);
        assertThat(tail.stdout() + tail.stderr()).isEmpty();
        assertThat(tail.problem()).contains("exceed 4 MiB");
    }

    @Test
    void whatComesSlowlyIsAskedForInASmallerPiece() throws IOException {
        var tail = tail(
                FOR_PACES,
                (entries, out) -> {
                    for (var number = entries; number > 0; number--) {
                        entry(out, 1, "line " + number + "\n");
                        if (entries > 4) {
                            pause();
                        }
                    }
                },
                4 * KIB);
        assertThat(tail.stdout()).isEqualTo("line 3\nline 2\nline 1\n");
        assertThat(tail.truncated()).isTrue();
        assertThat(tail.problem()).contains("log truncated", "4 entries");
    }

    @Test
    void aLogThatNeverComesIsGivenUp() {
        assertThatThrownBy(() -> tail(
                        FOR_PACES,
                        (entries, out) -> {
                            while (true) {
                                pause();
                                out.write(1);
                            }
                        },
                        10))
                .isInstanceOf(DockerUnavailableException.class)
                .hasMessageContaining("did not send the last 4 log entries");
    }

    @Test
    void aStreamThatAnEndlessOneDrownedLeavesTheOtherKnown() throws IOException {
        var tail = tail(
                (entries, out) -> {
                    for (var number = 0; number < (entries > 2_000 ? WITHOUT_END : entries); number++) {
                        entry(out, 1, "x".repeat(KIB) + "\n");
                    }
                },
                10);
        assertThat(tail).isEqualTo(new LogTail("xxxxxxxxx\n", "", true));
    }

    @Test
    void aSecretThatTheFrontOfThePieceCutLeavesNothing() throws IOException {
        var tail = tail(
                (entries, out) -> {
                    if (entries > 100) {
                        for (var number = 0; number < WITHOUT_END; number++) {
                            entry(out, 1, "x".repeat(16 * KIB));
                        }
                    }
                    // The entry before ended with "hunt".
                    entry(out, 1, "er22! and hunt");
                    entry(out, 1, "er22! and more");
                    entry(out, 2, "r22!\nhunter22!\n");
                    for (var number = 3; number < entries; number++) {
                        entry(out, 2, "\n");
                    }
                },
                4 * KIB,
                "hunter22!");
        assertThat(tail.stdout()).isEqualTo("d *** and more");
        assertThat(tail.stderr()).startsWith("***\n");
        assertThat(tail.truncated()).isTrue();
    }
}
