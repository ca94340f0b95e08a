package dev.longshore.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;

/** What may listen in the place of a Docker daemon. Each connection is answered once and closed, by a thread of its own. */
public final class StandInDaemon implements AutoCloseable {
    private static final String SOCKET = "/var/run/docker.sock";

    /** Answers one request, of which the head is given; the body, if any, is still to be read. */
    @FunctionalInterface
    public interface Answer {
        void to(String head, Socket client) throws IOException;
    }

    private final ServerSocket server;

    public StandInDaemon(Answer answer) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(() -> accept(answer));
    }

    public String endpoint() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** These bytes, whatever was asked. */
    public static Answer says(String bytes) {
        return (head, client) -> client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    /** A complete answer with a body. */
    public static Answer answers(String status, String type, String body) {
        return says("HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, type, body.length(), body));
    }

    /** Takes every connection and never says anything. */
    public static Answer neverAnswers() {
        return (head, client) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** What a daemon says of its versions. */
    public static Answer version(String newest, String oldest) {
        return answers(
                "200 OK",
                "application/json",
                "{\"Version\":\"99.0\",\"ApiVersion\":\"%s\",\"MinAPIVersion\":\"%s\"}".formatted(newest, oldest));
    }

    /** This machine's daemon, as one that speaks API 1.44 and later only. */
    public static Answer modern() {
        var version = version("1.52", "1.44");
        var tooOld = answers(
                "400 Bad Request", "application/json", "{\"message\":\"client version is too old: minimum is 1.44\"}");
        return (head, client) -> {
            if (head.startsWith("GET /version ")) {
                version.to(head, client);
            } else if (head.contains(" /v1.44/")) {
                forward(head.replaceFirst(" /v1\\.44/", " /v1.41/"), client);
            } else {
                tooOld.to(head, client);
            }
        };
    }

    /** This machine's daemon, but for its events, which end as soon as they began. */
    public static Answer withoutEvents() {
        var none = answers("200 OK", "application/json", "");
        return (head, client) -> {
            if (head.contains("/events")) {
                none.to(head, client);
            } else {
                forward(head, client);
            }
        };
    }

    private static void forward(String head, Socket client) throws IOException {
        var closing =
                head.replaceFirst("(?i)\r\nConnection: [^\r]*", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
        try (var daemon = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            daemon.connect(UnixDomainSocketAddress.of(SOCKET));
            daemon.write(ByteBuffer.wrap(closing.getBytes(ISO_8859_1)));
            thread(() -> sendBody(client, daemon));
            receive(daemon, client.getOutputStream());
        }
    }

    private static void sendBody(Socket client, SocketChannel daemon) {
        var buffer = new byte[8192];
        try {
            for (var n = client.getInputStream().read(buffer);
                    n >= 0;
                    n = client.getInputStream().read(buffer)) {
                daemon.write(ByteBuffer.wrap(buffer, 0, n));
            }
            // Whoever asked has gone: a stream that it followed ends, too.
            daemon.close();
        } catch (IOException e) {
            // One of the two was closed, which ends the other direction as well.
            return;
        }
    }

    private static void receive(SocketChannel daemon, OutputStream client) throws IOException {
        var buffer = ByteBuffer.allocate(8192);
        while (daemon.read(buffer) >= 0) {
            client.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
    }

    private void accept(Answer answer) {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                thread(() -> serve(client, answer));
            } catch (IOException e) {
                // Closed, or a connection that was gone before it was taken.
                continue;
            }
        }
    }

    private static void serve(Socket client, Answer answer) {
        try (client) {
            answer.to(head(client), client);
        } catch (IOException e) {
            // The other side hung up first.
            return;
        }
    }

    private static String head(Socket client) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = client.getInputStream().read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void thread(Runnable task) {
        var thread = new Thread(task, "stand-in-daemon");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
