package dev.longshore.django;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a dump object by object, in memory that does not grow with the log texts and finished jobs in it. Messages hold no value
 * of the dump. Single use.
 */
final class DumpReader {
    private static final int LONGEST_KEY = 200;
    private static final int MOST_LONG_FIELDS = 20;
    private static final int MOST_MODELS_NAMED = 3;

    private final String source;
    private final ImportOptions options;
    private final Secrets secrets;
    private final Notes notes;
    private final Dump dump;
    private final Budget budget = new Budget();
    private final Set<String> unknown = new LinkedHashSet<>();
    private final Set<String> unknownModels = new LinkedHashSet<>();

    private JsonParser json;
    private Values values;
    private LongStrings strings;
    private long objects;
    private int longFields;
    private boolean isOurs;

    /** @param source of the dump, for messages */
    DumpReader(String source, ImportOptions options, Secrets secrets, Notes notes) {
        this.source = source;
        this.options = options;
        this.secrets = secrets;
        this.notes = notes;
        this.dump = new Dump(notes);
    }

    /**
     * The dump's objects.
     *
     * @param input JSON, or JSON Lines
     * @throws IllegalArgumentException if it is not a dump of this application
     */
    Dump read(InputStream input) throws IOException {
        strings = new LongStrings(DumpText.decoded(input), Budget.LONGEST_STRING);
        try (var parser = DumpText.parser(strings)) {
            json = parser;
            values = new Values(parser, strings, budget);
            readAll();
        } catch (CharacterCodingException e) {
            throw refused("not valid UTF-8");
        } catch (StreamConstraintsException e) {
            throw refused("nested more than " + DumpText.DEEPEST
                    + " levels deep, or a number or key that is too long in line " + line());
        } catch (JsonParseException e) {
            // Its message would show a part of the dump.
            throw refused("not valid JSON" + at() + "; create it with: manage.py dumpdata container_manager");
        } catch (Budget.ExceededException e) {
            throw refused(e.getMessage());
        }
        if (!unknownModels.isEmpty()) {
            throw refused(unknownModels());
        }
        if (!isOurs) {
            throw refused("no objects of container_manager in it");
        }
        return dump;
    }

    private void readAll() throws IOException {
        var first = json.nextToken();
        if (first == null) {
            throw refused("empty; create it with: manage.py dumpdata container_manager");
        }
        if (first == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                readObject();
            }
            if (json.nextToken() != null) {
                throw refused("not a dump: text after the list" + at());
            }
        } else {
            for (var token = first; token != null; token = json.nextToken()) {
                readObject();
            }
        }
    }

    private void readObject() throws IOException {
        objects++;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw notADump();
        }
        var model = "";
        JsonNode key = MissingNode.getInstance();
        Map<String, JsonNode> fields = null;
        List<String> tooLong = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            if (name.equals("model") && json.currentToken() == JsonToken.VALUE_STRING) {
                model = values.text("model").toLowerCase(Locale.ROOT);
            } else if (name.equals("pk")) {
                key = values.read("pk");
            } else if (name.equals("fields") && json.currentToken() == JsonToken.START_OBJECT) {
                fields = readFields(model, tooLong);
            } else {
                json.skipChildren();
            }
        }
        if (model.isEmpty()) {
            throw notADump();
        }
        add(model, key, fields, tooLong);
    }

    /** @param model empty, where it stands behind the fields */
    private Map<String, JsonNode> readFields(String model, List<String> tooLong) throws IOException {
        var fields = new LinkedHashMap<String, JsonNode>();
        var name = name(model);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var field = json.currentName();
            json.nextToken();
            if (model.isEmpty() || Models.isCarried(name) && Models.isCarried(name, field)) {
                fields.put(field, values.read(field, tooLong));
            } else if (!Models.isCarried(name) || Models.isKnown(name, field)) {
                if (values.skip()) {
                    tooLong.add(field);
                }
            } else if (values.skipUsed()) {
                if (unknown.size() < Models.MOST && unknown.add(name + ": field " + Notes.quoted(field))) {
                    notes.add(name + ": field " + Notes.quoted(field) + " is unknown, and not carried over");
                }
            }
        }
        return fields;
    }

    private void add(String model, JsonNode key, Map<String, JsonNode> fields, List<String> tooLong) {
        var name = name(model);
        isOurs |= model.startsWith(Models.APPLICATION);
        if (!Models.isCarried(name)) {
            if (!name.isEmpty() && !Models.isLeftOut(name) && unknownModels.size() < Models.MOST) {
                unknownModels.add(Notes.quoted(model));
            }
            dump.countUnused(model);
            tooLong.forEach(field -> reportTooLong(Notes.quoted(model), field));
            budget.release();
            return;
        }
        if (fields == null || !key.isValueNode() || key.isNull() || key.asText().length() > LONGEST_KEY) {
            notes.add("object " + objects + " of the dump (" + name + "): skipped: "
                    + (fields == null ? "fields is not set" : "pk is not set, or not a number or string"));
            budget.release();
            return;
        }
        var row = new Row(name, key.asText(), fields);
        for (var field : tooLong) {
            if (Models.isCarried(name, field)) {
                throw refused(secrets.inMessage(row + ": " + field) + ": longer than 1 MiB");
            }
            reportTooLong(row.toString(), field);
        }
        fields.keySet().removeIf(field -> !Models.isCarried(name, field));
        SecretFinder.find(row, secrets);
        keep(row);
    }

    /** The first few: logs are nothing that could be carried over. */
    private void reportTooLong(String object, String field) {
        if (longFields < MOST_LONG_FIELDS) {
            longFields++;
            notes.add(object + ": " + Notes.quoted(field) + " is longer than 1 MiB, and not carried over");
        }
    }

    private void keep(Row row) {
        if (row.model().equals(Models.JOB)) {
            var isWaiting = Models.WAITING.contains(row.field("status").asText("pending"));
            if (!isWaiting || !options.pendingJobs()) {
                dump.countJob(row);
                budget.release();
                return;
            }
        }
        budget.keep();
        dump.add(row);
    }

    /** @return empty for a model of another application */
    private static String name(String model) {
        return model.startsWith(Models.APPLICATION) ? model.substring(Models.APPLICATION.length()) : "";
    }

    /** Of another release: what refers to them would not be what it was. */
    private String unknownModels() {
        var count = unknownModels.size();
        var named = unknownModels.stream().limit(MOST_MODELS_NAMED).collect(Collectors.joining(", "));
        return (count == 1 ? "unknown model " : "unknown models ") + secrets.inMessage(named)
                + (count > MOST_MODELS_NAMED ? " and " + (count - MOST_MODELS_NAMED) + " more" : "")
                + "; leave out what is not needed: manage.py dumpdata container_manager --exclude MODEL";
    }

    private IllegalArgumentException notADump() {
        return refused("not a dump of Django: element " + objects + " is not an object with model, pk and fields");
    }

    private String at() {
        var location = json == null ? null : json.currentLocation();
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** How far in the line such an error is found depends on how much of it was read at once. */
    private int line() {
        var location = json == null ? null : json.currentLocation();
        return location == null ? 1 : location.getLineNr();
    }

    private IllegalArgumentException refused(String what) {
        return new IllegalArgumentException(source + ": " + what);
    }
}
