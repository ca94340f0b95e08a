package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML, and so JSON, with the position of every field. Single use. */
final class YamlReader {
    /** Of one document, with all aliases expanded: more than an API server would store. */
    private static final int MOST_VALUES = 200_000;

    private static final int MOST_DOCUMENTS = 10_000;
    private static final int DEEPEST = 100;
    private static final String STRING_TAG = "tag:yaml.org,2002:str";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private record Anchored(JsonNode value, int size) {}

    private final String source;
    private final List<Problem> repeated;
    private final List<Document> documents = new ArrayList<>();
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private Map<String, Position> positions = new HashMap<>();
    private Iterator<Event> events;
    private int values;

    private YamlReader(String source, List<Problem> repeated) {
        this.source = source;
        this.repeated = repeated;
    }

    /**
     * The documents of {@code text} up to the first that cannot be read.
     *
     * @param unread receives the reason
     * @param repeated receives duplicate fields
     */
    static List<Document> read(String source, String text, List<Problem> unread, List<Problem> repeated) {
        var reader = new YamlReader(source, repeated);
        try {
            reader.read(text);
        } catch (Unreadable e) {
            unread.add(Problem.at(source, e.position, e.getMessage()));
        } catch (MarkedYamlEngineException e) {
            unread.add(Problem.at(
                    source, e.getProblemMark().map(YamlReader::position).orElse(null), notYaml(e)));
        } catch (YamlEngineException e) {
            unread.add(Problem.of(
                    source, "not YAML: " + e.getMessage().lines().findFirst().orElse("")));
        }
        return reader.documents;
    }

    /** Without the excerpt that the exception's message has: it could show a Secret. */
    private static String notYaml(MarkedYamlEngineException e) {
        var context = Optional.ofNullable(e.getContext())
                .map(message -> message + ": ")
                .orElse("");
        return "not YAML: " + context + e.getProblem();
    }

    private void read(String text) {
        // Like kubectl: what starts like JSON is JSON, where a tab is always white space.
        var json = text.stripLeading().startsWith("{");
        var settings = LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                // With the usual one, a text of some megabytes on one line takes minutes.
                .setBufferSize(text.length() + 1)
                .build();
        events = new Parse(settings)
                .parseString(json ? text.replace('\t', ' ') : text)
                .iterator();
        while (events.hasNext()) {
            var event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                anchors.clear();
                positions = new HashMap<>();
                values = 0;
                var first = events.next();
                if (documents.size() == MOST_DOCUMENTS) {
                    throw new Unreadable(at(first), "more than " + MOST_DOCUMENTS + " documents: split the file");
                }
                positions.put("", at(first));
                documents.add(new Document(source, value(first, "", 0), "", positions));
            }
        }
    }

    private JsonNode value(Event event, String path, int depth) {
        count(1, event);
        if (depth > DEEPEST) {
            throw new Unreadable(at(event), "nested more than " + DEEPEST + " levels deep");
        }
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        var before = values;
        JsonNode value;
        if (event instanceof ScalarEvent scalar) {
            value = scalar(scalar);
        } else if (event instanceof MappingStartEvent) {
            value = object(path, depth);
        } else {
            value = array(path, depth);
        }
        ((NodeEvent) event)
                .getAnchor()
                .ifPresent(anchor -> anchors.put(anchor, new Anchored(value, values - before + 1)));
        return value;
    }

    private void count(int more, Event event) {
        values += more;
        if (values > MOST_VALUES) {
            throw new Unreadable(
                    at(event), "document with more than " + MOST_VALUES + " values, with aliases expanded");
        }
    }

    private JsonNode alias(AliasEvent alias) {
        var anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw new Unreadable(
                    at(alias), "alias *" + alias.getAlias() + " used before the end of anchor &" + alias.getAlias());
        }
        count(anchored.size(), alias);
        return anchored.value().deepCopy();
    }

    private static JsonNode scalar(ScalarEvent scalar) {
        var tagged = scalar.getTag().isPresent();
        var text = tagged ? scalar.getTag().get().equals(STRING_TAG) : !scalar.isPlain();
        return text ? TextNode.valueOf(scalar.getValue()) : YamlScalars.plain(scalar.getValue());
    }

    private ArrayNode array(String path, int depth) {
        var array = NODES.arrayNode();
        for (var event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            var item = path + "[" + array.size() + "]";
            positions.put(item, at(event));
            array.add(value(event, item, depth + 1));
        }
        return array;
    }

    private ObjectNode object(String path, int depth) {
        var object = NODES.objectNode();
        var merged = new ArrayList<JsonNode>();
        for (var event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(event instanceof ScalarEvent scalar)) {
                throw new Unreadable(at(event), "a key must be a scalar");
            }
            if (scalar.isPlain() && scalar.getValue().equals("<<")) {
                merged.add(value(events.next(), path, depth + 1));
                continue;
            }
            var key = scalar(scalar).asText();
            var field = Document.join(path, key);
            if (object.has(key)) {
                var what =
                        "duplicate key, first on line " + positions.get(field).line();
                repeated.add(new Problem(source, at(event), "", field, what));
            }
            positions.put(field, at(event));
            object.set(key, value(events.next(), field, depth + 1));
        }
        merged.forEach(value -> merge(value, object));
        return object;
    }

    /** {@code <<}: the fields of another mapping, or of several, where there are none of the same name. */
    private static void merge(JsonNode value, ObjectNode object) {
        if (value instanceof ObjectNode other) {
            other.properties().forEach(field -> object.putIfAbsent(field.getKey(), field.getValue()));
        } else {
            value.forEach(each -> merge(each, object));
        }
    }

    private static Position at(Event event) {
        return event.getStartMark().map(YamlReader::position).orElse(Position.START);
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Position position;

        Unreadable(Position position, String message) {
            super(message, null, false, false);
            this.position = position;
        }
    }
}
