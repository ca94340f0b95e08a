import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in for a Docker daemon and answers at once, so that what is measured is not the daemon. It has every image, and its
 * containers do nothing.
 *
 * <p>Threads: one a connection, which sends on an event stream what others put into its queue; for all stand-ins together, one that
 * accepts connections and one that ends containers when their time has come.
 */
final class StandInDaemon implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NOTHING = {};
    private static final ScheduledExecutorService TIMER =
            Executors.newSingleThreadScheduledExecutor(StandInDaemon::daemon);

    private final Map<String, StandInContainer> containers = new ConcurrentHashMap<>();
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<LinkedBlockingQueue<byte[]>> listeners = new CopyOnWriteArrayList<>();
    private final RequestCounts requests = new RequestCounts();
    private final AtomicLong started = new AtomicLong();
    private final ServerSocketChannel server;
    private final Path socket;
    private volatile boolean silent;

    StandInDaemon(Path socket) throws IOException {
        this.socket = socket;
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 256);
        Acceptor.accept(server, channel -> daemon(() -> serve(channel)).start());
    }

    /** From now on it accepts connections and requests, and answers none. */
    void silence() {
        silent = true;
    }

    long requests() {
        return requests.all();
    }

    RequestCounts requestCounts() {
        return requests;
    }

    /** Containers started since it began. */
    long started() {
        return started.get();
    }

    int containers() {
        return containers.size();
    }

    /** What a label has, of each container that runs and has it. */
    List<String> labelsOfRunning(String label) {
        return containers.values().stream()
                .filter(StandInContainer::runs)
                .map(container -> container.config.path("Labels").path(label).asText())
                .toList();
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "stand-in");
        thread.setDaemon(true);
        return thread;
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            var http = new HttpConnection(channel);
            for (var request = http.read(); request != null; request = http.read()) {
                requests.add(request);
                if (silent) {
                    // Until the client hangs up.
                    continue;
                }
                answer(http, request);
            }
        } catch (IOException | InterruptedException e) {
            // The client has hung up.
            return;
        }
    }

    private void answer(HttpConnection http, HttpConnection.Request request) throws IOException, InterruptedException {
        var path = request.path().replaceFirst("^/v1\\.[0-9]+", "");
        var parts = path.split("/");
        if (path.equals("/events")) {
            events(http);
        } else if (path.equals("/_ping")) {
            http.answer(200, "text/plain", "OK".getBytes(StandardCharsets.US_ASCII));
        } else if (path.equals("/version")) {
            json(http, 200, StandInAnswers.VERSION);
        } else if (path.equals("/info")) {
            json(http, 200, StandInAnswers.INFO);
        } else if (parts[1].equals("images")) {
            json(http, 200, StandInAnswers.IMAGE);
        } else if (path.equals("/containers/json")) {
            list(http, request);
        } else if (path.equals("/containers/create")) {
            create(http, request);
        } else if (parts[1].equals("containers") && find(parts[2]) != null) {
            container(http, request, find(parts[2]), parts.length > 3 ? parts[3] : "");
        } else {
            json(http, 404, "{\"message\": \"No such container\"}");
        }
    }

    private StandInContainer find(String idOrName) {
        return containers.get(ids.getOrDefault(idOrName, idOrName));
    }

    private void container(HttpConnection http, HttpConnection.Request request, StandInContainer container, String verb)
            throws IOException, InterruptedException {
        switch (verb) {
            case "json" -> http.answer(200, "application/json", container.inspection());
            case "start" -> {
                start(container);
                http.answer(204, "text/plain", NOTHING);
            }
            case "logs" -> http.answer(200, "application/vnd.docker.raw-stream", container.log());
            case "stats" -> json(http, 200, StandInAnswers.STATS);
            case "wait" -> json(http, 200, "{\"StatusCode\": " + container.awaitEnd() + "}");
            case "kill" -> {
                end(container, 137);
                http.answer(204, "text/plain", NOTHING);
            }
            case "" -> {
                // Only DELETE comes without a verb.
                end(container, 137);
                containers.remove(container.id);
                ids.remove(container.name);
                publish(container, "destroy");
                http.answer(204, "text/plain", NOTHING);
            }
            default -> json(http, 404, "{\"message\": \"not in a stand-in: " + request.path() + "\"}");
        }
    }

    private void create(HttpConnection http, HttpConnection.Request request) throws IOException {
        var id = (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
        var given = parameter(request, "name");
        var name = given.isEmpty() ? id.substring(0, 12) : given;
        if (ids.putIfAbsent(name, id) != null) {
            json(http, 409, "{\"message\": \"Conflict. The container name is already in use\"}");
            return;
        }
        var container = new StandInContainer(id, name, JSON.readTree(request.body()));
        containers.put(id, container);
        publish(container, "create");
        json(http, 201, "{\"Id\": \"" + id + "\", \"Warnings\": []}");
    }

    /** Empty where the request has none of this name. */
    private static String parameter(HttpConnection.Request request, String name) {
        return Arrays.stream(request.query().split("&"))
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> URLDecoder.decode(parameter.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    private void start(StandInContainer container) {
        if (!container.start()) {
            return;
        }
        started.incrementAndGet();
        publish(container, "start");
        var millis = (long) (container.seconds() * 1000);
        if (millis == 0) {
            end(container, container.exitCode());
        } else {
            var unused = TIMER.schedule(() -> end(container, container.exitCode()), millis, TimeUnit.MILLISECONDS);
        }
    }

    private void end(StandInContainer container, int code) {
        if (container.end(code)) {
            publish(container, "die");
        }
    }

    private void publish(StandInContainer container, String action) {
        var event = container.event(action);
        listeners.forEach(listener -> listener.add(event));
    }

    private void list(HttpConnection http, HttpConnection.Request request) throws IOException {
        var labels = new ArrayList<String>();
        JSON.readTree(parameter(request, "filters")).path("label").forEach(label -> labels.add(label.asText()));
        var found = JSON.createArrayNode();
        containers.values().stream()
                .filter(container -> labels.stream().allMatch(container::hasLabel))
                .forEach(container -> found.add(container.listed()));
        json(http, 200, found.toString());
    }

    private void events(HttpConnection http) throws IOException, InterruptedException {
        var queue = new LinkedBlockingQueue<byte[]>();
        listeners.add(queue);
        try {
            http.beginStream();
            while (true) {
                var event = queue.take();
                if (!silent) {
                    http.chunk(event);
                }
            }
        } finally {
            listeners.remove(queue);
        }
    }

    private static void json(HttpConnection http, int status, String body) throws IOException {
        http.answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}
