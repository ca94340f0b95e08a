package dev.longshore.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** What may listen in the place of a Docker daemon. Each connection is answered once and closed. */
public final class StandInDaemon implements AutoCloseable {
    /** Answers one request, of which the head is given; the body, if any, is still to be read. */
    @FunctionalInterface
    public interface Answer {
        void to(String head, Socket client) throws IOException;
    }

    private static final Pattern VERSIONED = Pattern.compile(" /v1\\.([0-9]+)/");

    private final DockerRelay relay;

    public StandInDaemon(Answer answer) throws IOException {
        relay = new DockerRelay(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), client -> answer.to(head(client), client));
    }

    public String endpoint() {
        return "tcp://127.0.0.1:" + relay.port();
    }

    /** These bytes, whatever was asked. */
    public static Answer raw(String bytes) {
        return (head, client) -> client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    /** A complete answer with a body. */
    public static Answer answers(String status, String type, String body) {
        return raw("HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, type, body.length(), body));
    }

    /** Takes every connection and never says anything. */
    public static Answer neverAnswers() {
        return (head, client) -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
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
        return from("1.44");
    }

    private static Answer from(String oldest) {
        var version = version("1.99", oldest);
        var minor = Integer.parseInt(oldest.substring("1.".length()));
        var tooOld = answers(
                "400 Bad Request",
                "application/json",
                "{\"message\":\"client version 1.41 is too old. Minimum supported API version is " + oldest + "\"}");
        return (head, client) -> {
            if (head.startsWith("GET /version ")) {
                version.to(head, client);
            } else if (minorVersion(head) >= minor) {
                forward(VERSIONED.matcher(head).replaceFirst(" /v1.41/"), client);
            } else {
                tooOld.to(head, client);
            }
        };
    }

    private static int minorVersion(String head) {
        var version = VERSIONED.matcher(head);
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    /**
     * This machine's daemon, as one that speaks API versions up to 1.41, and from then on others.
     *
     * @param oldest that it speaks then
     */
    public static Answer upgraded(BooleanSupplier now, String oldest) {
        var version = version("1.41", "1.12");
        var modern = from(oldest);
        return (head, client) -> {
            if (now.getAsBoolean()) {
                modern.to(head, client);
            } else if (head.startsWith("GET /version ")) {
                version.to(head, client);
            } else {
                forward(head, client);
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

    /** This machine's daemon, but for its logs. */
    public static Answer withLogs(Answer logs) {
        return (head, client) -> {
            if (head.contains("/logs?")) {
                logs.to(head, client);
            } else {
                forward(head, client);
            }
        };
    }

    /** This machine's daemon, which has no space for containers for as long as that is so. */
    public static Answer withoutSpace(BooleanSupplier full) {
        var refuses = answers(
                "500 Internal Server Error", "application/json", "{\"message\":\"mkdir: no space left on device\"}");
        return (head, client) -> {
            if (head.contains("/containers/create") && full.getAsBoolean()) {
                refuses.to(head, client);
                // What is closed with a request half read is reset, and the answer lost.
                client.shutdownOutput();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } else {
                forward(head, client);
            }
        };
    }

    private static void forward(String head, Socket client) throws IOException {
        var closing =
                head.replaceFirst("(?i)\r\nConnection: [^\r]*", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
        DockerRelay.relay(closing.getBytes(ISO_8859_1), client);
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

    @Override
    public void close() throws IOException {
        relay.close();
    }
}
