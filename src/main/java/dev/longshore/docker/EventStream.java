package dev.longshore.docker;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One subscription to a daemon's events, read by the subscriber's thread. Another one closes it when it was silent for too
 * long, which ends it as if the daemon had.
 */
final class EventStream {
    /** An event holds the labels of its container. */
    private static final long LARGEST_EVENT = 1L << 20;

    private final DockerHttpResponse response;
    private final Duration quiet;
    private HostWorkers.Watch watch;
    private volatile long lastHeard = System.nanoTime();
    private volatile boolean silent;
    private boolean closed;

    private EventStream(DockerHttpResponse response, Duration quiet) {
        this.response = response;
        this.quiet = quiet;
        watch = HostWorkers.watch(quiet, this::look);
    }

    static void follow(
            DockerQuery query,
            Instant since,
            Map<String, String> labels,
            Duration quiet,
            Runnable onOpen,
            Consumer<ContainerEvent> onEvent) {
        var path = new StringBuilder("/events?filters=")
                .append(DockerQuery.filters(Map.of(
                        "type",
                        List.of("container"),
                        "label",
                        labels.entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .toList())));
        if (since != null) {
            path.append("&since=%d.%09d".formatted(since.getEpochSecond(), since.getNano()));
        }
        // The daemon has accepted the subscription: its headers are here.
        try (var response = query.open(path.toString(), Long.MAX_VALUE)) {
            onOpen.run();
            new EventStream(response, quiet).read(onEvent);
        }
    }

    private void read(Consumer<ContainerEvent> onEvent) {
        try (var body = new LimitedStream(response.getBody(), "an event", LARGEST_EVENT);
                var json = DockerQuery.parser(body)) {
            while (json.nextToken() != null) {
                var event = event(json);
                lastHeard = System.nanoTime();
                body.restart();
                if (event != null) {
                    onEvent.accept(event);
                }
                lastHeard = System.nanoTime();
            }
        } catch (IOException e) {
            if (!silent) {
                throw new UncheckedIOException(e);
            }
        } finally {
            stopWatching();
        }
    }

    private synchronized void look() {
        if (closed) {
            return;
        }
        var left = quiet.toNanos() - (System.nanoTime() - lastHeard);
        if (left > 0) {
            watch = HostWorkers.watch(Duration.ofNanos(left), this::look);
        } else {
            silent = true;
            response.close();
        }
    }

    private synchronized void stopWatching() {
        closed = true;
        watch.close();
    }

    /** Null for one that says too little. */
    private static ContainerEvent event(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("no event");
        }
        var action = "";
        var id = "";
        var time = 0L;
        var labels = new HashMap<String, String>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            json.nextToken();
            switch (field) {
                case "Action" -> action = text(json);
                case "timeNano" -> time = json.currentToken().isNumeric() ? json.getValueAsLong() : 0;
                case "Actor" -> id = actor(json, labels);
                default -> json.skipChildren();
            }
        }
        return id.isEmpty() || action.isEmpty() || time == 0
                ? null
                : new ContainerEvent(id, action, Instant.ofEpochSecond(0, time), labels);
    }

    private static String actor(JsonParser json, Map<String, String> labels) throws IOException {
        var id = "";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return id;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            var value = json.nextToken();
            if (field.equals("ID")) {
                id = text(json);
            } else if (field.equals("Attributes") && value == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    var label = json.currentName();
                    json.nextToken();
                    labels.put(label, text(json));
                }
            } else {
                json.skipChildren();
            }
        }
        return id;
    }

    private static String text(JsonParser json) throws IOException {
        var text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
        json.skipChildren();
        return text;
    }
}
