package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.longshore.docker.AnswerTooLongException;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.deadline.SilenceWatch;
import dev.longshore.docker.transport.DockerHttpResponse;
import dev.longshore.docker.transport.LimitedStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One subscription to a daemon's events, read by the subscriber's thread. It is closed when it was silent for too long, which
 * ends it as if the daemon had.
 */
final class EventStream {
    /** On the wire: an event holds all labels of its container. Of that little is kept. */
    static final long LARGEST_EVENT = 256L << 20;
    /** Docker's words for what it did are short; behind some there is a command. */
    private static final int LONGEST_ACTION = 64;

    private static final int LONGEST_ID = 128;
    /** In seconds: what nanoseconds can hold. */
    private static final long LATEST = Long.MAX_VALUE / 1_000_000_000;

    /** Podman's word for a container that is gone; Docker removes none with an event of that name. */
    private static final String REMOVE = "remove";

    private static final String DESTROY = "destroy";

    private EventStream() {}

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
            path.append(since(since));
        }
        // The daemon has accepted the subscription: its headers are here.
        try (var response = query.open(path.toString(), Long.MAX_VALUE)) {
            onOpen.run();
            read(response, OwnLabels.and(labels), quiet, onEvent);
        }
    }

    static String since(Instant time) {
        return "&since=%d.%09d".formatted(time.getEpochSecond(), time.getNano());
    }

    private static void read(
            DockerHttpResponse response, Set<String> kept, Duration quiet, Consumer<ContainerEvent> onEvent) {
        try (var watch = new SilenceWatch(quiet, response::close)) {
            read(response, kept, watch, onEvent);
        }
    }

    private static void read(
            DockerHttpResponse response, Set<String> kept, SilenceWatch watch, Consumer<ContainerEvent> onEvent) {
        watch.await();
        try (var body = new LimitedStream(response.getBody(), "event", LARGEST_EVENT);
                var json = DockerQuery.parser(body)) {
            while (json.nextToken() != null) {
                var event = event(json, kept);
                watch.await();
                body.restart();
                if (event != null) {
                    onEvent.accept(event);
                }
                watch.await();
            }
        } catch (AnswerTooLongException e) {
            // To follow it again would end the same way.
            throw new DockerRefusedException("event stream failed: " + e.getMessage(), e);
        } catch (IOException e) {
            if (!watch.wasTooLong()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Null for an incomplete one. What most daemons say twice has to be there once. */
    static ContainerEvent event(JsonParser json, Set<String> kept) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("no event");
        }
        var action = "";
        var status = "";
        var id = "";
        var ofActor = "";
        var nanos = 0L;
        var seconds = 0L;
        var labels = new HashMap<String, String>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            json.nextToken();
            switch (field) {
                case "Action" -> action = text(json, LONGEST_ACTION);
                case "status" -> status = text(json, LONGEST_ACTION);
                case "timeNano" -> nanos = number(json);
                case "time" -> seconds = number(json);
                case "Actor" -> ofActor = actor(json, kept, labels);
                case "id" -> id = id(json);
                default -> json.skipChildren();
            }
        }
        action = dockers(action.isEmpty() ? status : action);
        id = ofActor.isEmpty() ? id : ofActor;
        return id.isEmpty() || action.isEmpty() || nanos == 0 && seconds == 0
                ? null
                : new ContainerEvent(id, action, time(nanos, seconds), labels);
    }

    private static Instant time(long nanos, long seconds) {
        return nanos == 0 ? Instant.ofEpochSecond(Math.min(seconds, LATEST)) : Instant.ofEpochSecond(0, nanos);
    }

    private static long number(JsonParser json) throws IOException {
        var number = json.currentToken().isNumeric() ? json.getValueAsLong() : 0;
        json.skipChildren();
        return Math.max(0, number);
    }

    private static String dockers(String action) {
        return action.equals(REMOVE) ? DESTROY : action;
    }

    private static String actor(JsonParser json, Set<String> kept, Map<String, String> labels) throws IOException {
        var id = "";
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return id;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            var value = json.nextToken();
            if (field.equals("ID")) {
                id = id(json);
            } else if (field.equals("Attributes") && value == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    var label = json.currentName();
                    json.nextToken();
                    if (kept.contains(label)) {
                        labels.put(label, OwnLabels.inList(label, text(json, Integer.MAX_VALUE)));
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
        }
        return id;
    }

    private static String id(JsonParser json) throws IOException {
        var id = text(json, LONGEST_ID + 1);
        return id.length() <= LONGEST_ID ? id : "";
    }

    private static String text(JsonParser json, int longest) throws IOException {
        var text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
        json.skipChildren();
        return text.length() <= longest ? text : text.substring(0, longest);
    }
}
