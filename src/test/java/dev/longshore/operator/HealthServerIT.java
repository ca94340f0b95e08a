package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Those who reach the port and mean no good, or are slow, beside kubelet. */
class HealthServerIT {
    /** As long as kubelet waits, by the chart. */
    private static final Duration PROBE = Duration.ofSeconds(5);

    private static final int MANY = 300;

    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch scraped = new CountDownLatch(1);
    private HealthServer server = new HealthServer(new InetSocketAddress(0), () -> true, () -> "metric 1\n");

    @AfterEach
    void stop() throws IOException {
        scraped.countDown();
        for (var socket : sockets) {
            socket.close();
        }
        server.close();
    }

    private Socket send(String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        sockets.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private HttpResponse<String> request(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(PROBE)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void onlyWhatIsServedIsAnswered() throws IOException, InterruptedException {
        assertThat(request("GET", "/metrics").body()).isEqualTo("metric 1\n");
        assertThat(request("HEAD", "/metrics").statusCode()).isEqualTo(200);
        assertThat(request("HEAD", "/metrics").body()).isEmpty();
        assertThat(request("GET", "/metrics/more").statusCode()).isEqualTo(404);
        assertThat(request("GET", "/readyzz").statusCode()).isEqualTo(404);
        var post = request("POST", "/metrics");
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    private int probe(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(PROBE)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void requestsThatAreHalfSentKeepNoProbeWaitingAndEnd() throws Exception {
        for (var i = 0; i < MANY; i++) {
            send("GET /healthz HTTP/1.1\r\nHost:");
        }
        for (var i = 0; i < 10; i++) {
            assertThat(probe("/healthz")).isEqualTo(200);
            assertThat(probe("/readyz")).isEqualTo(200);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> sockets.get(0).getInputStream().read() < 0);
    }

    @Test
    void scrapesThatDoNotEndKeepNoProbeWaiting() throws Exception {
        server.close();
        server = new HealthServer(new InetSocketAddress(0), () -> true, () -> {
            try {
                scraped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "metric 1\n";
        });
        for (var i = 0; i < MANY; i++) {
            send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        assertThat(probe("/healthz")).isEqualTo(200);
        assertThat(probe("/readyz")).isEqualTo(200);
    }

    @Test
    void anAnswerThatNobodyReadsKeepsNoProbeWaiting() throws Exception {
        server.close();
        server = new HealthServer(new InetSocketAddress(0), () -> true, () -> "x".repeat(64 * 1024 * 1024));
        for (var i = 0; i < 3; i++) {
            send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        assertThat(probe("/healthz")).isEqualTo(200);
        assertThat(probe("/readyz")).isEqualTo(200);
    }

    /** As Prometheus asks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "GZIP | true",
                "br, gzip;q=0.5, identity | true",
                "deflate,gzip | true",
                "gzip;q=0 | false",
                "gzip; q=0.000, br | false",
                "x-gzip2, br | false",
                "identity | false"
            })
    void aScrapeIsCompressedIfThatIsAccepted(String accepted, boolean zipped) throws Exception {
        server.close();
        var metrics = "metric{host=\"a/b\"} 1.0\n".repeat(10_000);
        server = new HealthServer(new InetSocketAddress(0), () -> true, () -> metrics);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
                .header("Accept-Encoding", accepted)
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.headers().allValues("Content-Encoding")).isEqualTo(zipped ? List.of("gzip") : List.of());
        assertThat(answer.headers().allValues("Vary")).containsExactly("Accept-Encoding");
        if (zipped) {
            assertThat(answer.body()).hasSizeLessThan(metrics.length() / 10);
            try (var text = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
                assertThat(text.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(metrics);
            }
        } else {
            assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo(metrics);
        }
    }

    @Test
    void requestsAreAnswered() throws Exception {
        assertThat(probe("/metrics")).isEqualTo(200);
        assertThat(probe("/other")).isEqualTo(404);
    }
}
