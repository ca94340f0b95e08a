package dev.longshore.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * A Docker daemon that is well and empty, but for the requests whose answers a test gives: bodies and headers without end,
 * bytes that trickle, silence, forged containers. Each connection is answered once.
 */
public final class HostileDaemon implements Closeable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StandInDaemon daemon;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Answers one request. */
    @FunctionalInterface
    public interface Answer {
        void to(Request request, Socket client) throws IOException;
    }

    /**
     * What was asked.
     *
     * @param path without the version of the API and the query
     */
    public record Request(String method, String path, Map<String, String> query, String body) {
        /** Of the filter by labels: those that a container has to have to be listed. */
        public Map<String, String> labels() {
            var labels = new LinkedHashMap<String, String>();
            tree(query.getOrDefault("filters", "{}")).path("label").forEach(label -> {
                var parts = label.asText().split("=", 2);
                labels.put(parts[0], parts.length < 2 ? "" : parts[1]);
            });
            return labels;
        }

        /** The body as JSON. */
        public JsonNode json() {
            return tree(body);
        }
    }

    public HostileDaemon() throws IOException {
        daemon = new StandInDaemon((head, client) -> {
            var request = request(head, client);
            requests.add(request.method() + " " + request.path());
            var given = answers.get(request.method() + " " + request.path());
            (given == null ? answers.getOrDefault("", HostileDaemon::usual) : given).to(request, client);
        });
    }

    /** @param what such as {@code GET /containers/json}, without the version of the API; empty: all that is not named */
    public HostileDaemon on(String what, Answer answer) {
        answers.put(what, answer);
        return this;
    }

    public String endpoint() {
        return daemon.endpoint();
    }

    /** All requests so far, such as {@code POST /containers/create}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** What a daemon says that is well and has no containers, and to which nothing happens. */
    public static void usual(Request request, Socket client) throws IOException {
        switch (request.method() + " " + request.path()) {
            case "GET /version" ->
                HostileAnswers.json(Map.of("ApiVersion", "1.41", "MinAPIVersion", "1.12", "Version", "20.10.24"))
                        .to(request, client);
            case "GET /_ping" -> HostileAnswers.body("200 OK", "OK").to(request, client);
            case "GET /info" ->
                HostileAnswers.json(Map.of(
                                "ID", "hostile",
                                "ServerVersion", "20.10.24",
                                "OSType", "linux",
                                "Architecture", "x86_64",
                                "NCPU", 4,
                                "MemTotal", 1L << 33))
                        .to(request, client);
            case "GET /events" -> {
                client.getOutputStream().write(HostileAnswers.head("200 OK").getBytes(ISO_8859_1));
                HostileAnswers.silent().to(request, client);
            }
            case "GET /containers/json" -> HostileAnswers.json(List.of()).to(request, client);
            default ->
                HostileAnswers.body("404 Not Found", "{\"message\": \"No such container: it is a stand-in\"}")
                        .to(request, client);
        }
    }

    private static Request request(String head, Socket client) throws IOException {
        var parts = head.substring(0, head.indexOf("\r\n")).split(" ");
        var target = parts[1].split("\\?", 2);
        var body = length(head) < 0
                ? chunks(client)
                : new String(client.getInputStream().readNBytes(length(head)), UTF_8);
        return new Request(
                parts[0],
                target[0].replaceFirst("^/v[0-9.]+", ""),
                target.length < 2 ? Map.of() : query(target[1]),
                body);
    }

    /** -1 for a body in chunks. */
    private static int length(String head) {
        return head.lines()
                .map(String::toLowerCase)
                .filter(line -> line.startsWith("content-length:") || line.startsWith("transfer-encoding:"))
                .map(line -> line.startsWith("t")
                        ? -1
                        : Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
    }

    private static String chunks(Socket client) throws IOException {
        var body = new StringBuilder();
        while (body.indexOf("0\r\n\r\n") < 0) {
            var next = client.getInputStream().read();
            if (next < 0) {
                throw new IOException("a body without an end");
            }
            body.append((char) next);
        }
        return body.toString();
    }

    private static Map<String, String> query(String query) {
        return List.of(query.split("&")).stream()
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(
                        part -> part[0],
                        part -> part.length < 2 ? "" : URLDecoder.decode(part[1], UTF_8),
                        (a, b) -> b));
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        daemon.close();
    }
}
