package dev.longshore.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.testing.HostileDaemon.Answer;
import dev.longshore.testing.HostileDaemon.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a {@link HostileDaemon} may answer. */
public final class HostileAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HostileAnswers() {}

    public static Answer json(Object body) {
        return body("200 OK", text(body));
    }

    /** @param status such as {@code 409 Conflict} */
    public static Answer body(String status, String body) {
        return (request, client) -> client.getOutputStream().write((head(status) + body).getBytes(UTF_8));
    }

    /** A list of one container with the labels that were asked for, and these fields over the usual ones. */
    public static Answer lists(Map<String, Object> fields) {
        return (request, client) -> json(List.of(listed(request, fields))).to(request, client);
    }

    /** An entry of a list; a field may be null. */
    public static Map<String, Object> listed(Request request, Map<String, Object> fields) {
        var container = new TreeMap<String, Object>(Map.of(
                "Id", "0123456789ab",
                "Names", List.of("/x"),
                "Image", "x",
                "ImageID", "sha256:0",
                "State", "created",
                "Labels", request.labels()));
        container.putAll(fields);
        return container;
    }

    /** Accepts and never says anything. */
    public static Answer silent() {
        return (request, client) -> client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** A body that never ends: {@code first}, and then {@code more} again and again. */
    public static Answer endless(String first, String more) {
        return (request, client) -> endless(client, head("200 OK") + first, more);
    }

    /** A header that never ends. */
    public static Answer endlessHeader() {
        return (request, client) -> endless(client, "HTTP/1.1 200 OK\r\nX-A: ", "a");
    }

    /** Headers that never end. */
    public static Answer endlessHeaders() {
        return (request, client) -> endless(client, "HTTP/1.1 200 OK\r\n", "X-A: a\r\n");
    }

    /** A body that begins with {@code first} and goes on with one byte every {@code millis}: no read ever waits long. */
    public static Answer trickle(String first, long millis) {
        return (request, client) -> {
            client.getOutputStream().write((head("200 OK") + first).getBytes(ISO_8859_1));
            while (true) {
                client.getOutputStream().write('x');
                pause(millis);
            }
        };
    }

    /** Answers late. */
    public static Answer after(long millis, Answer answer) {
        return (request, client) -> {
            pause(millis);
            answer.to(request, client);
        };
    }

    private static void endless(Socket client, String first, String more) throws IOException {
        client.getOutputStream().write(first.getBytes(ISO_8859_1));
        var many = more.repeat(Math.max(1, (1 << 16) / more.length())).getBytes(ISO_8859_1);
        while (true) {
            client.getOutputStream().write(many);
        }
    }

    /** The body goes until the connection ends. */
    static String head(String status) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
    }

    /** Part of what such a daemon does, not a wait of the test. */
    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
