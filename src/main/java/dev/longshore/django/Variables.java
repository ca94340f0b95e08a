package dev.longshore.django;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The environment variables of a template or a job. */
final class Variables {
    /** @param reference its entry in {@code env}; null while it is not known */
    private record Variable(String value, boolean isSecret, JsonNode reference) {}

    private static final int MOST = 1024;
    private static final int MOST_LINES = 10;

    private final Map<String, Variable> byName = new LinkedHashMap<>();

    /** @return false if it replaces another one */
    boolean put(String name, String value, boolean isSecret) {
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
            throw new InvalidRowException(
                    "variable " + Notes.quoted(name) + " has a name or value that Docker refuses");
        }
        if (byName.size() >= MOST && !byName.containsKey(name)) {
            throw new InvalidRowException("has more than " + MOST + " variables");
        }
        return byName.put(name, new Variable(value, isSecret, null)) == null;
    }

    /** Those of a text or a JSON object. */
    void putAll(JsonNode overrides, Consumer<String> problems) {
        if (overrides.isTextual()) {
            var broken = new ArrayList<Integer>();
            var variables = EnvironmentText.parse(overrides.asText(), broken::add);
            if (!broken.isEmpty()) {
                problems.accept((broken.size() == 1 ? "line " : "lines ")
                        + broken.stream().limit(MOST_LINES).map(String::valueOf).collect(Collectors.joining(", "))
                        + (broken.size() > MOST_LINES ? " and more" : "")
                        + " of the variables: not KEY=VALUE, ignored");
            }
            variables.forEach((name, value) -> put(name, value, SecretRule.isSecret(name, value)));
        } else if (overrides.isObject()) {
            overrides.properties().forEach(entry -> putJson(entry.getKey(), entry.getValue(), problems));
        } else if (overrides.isArray()
                ? !overrides.isEmpty()
                : !overrides.asText("").isEmpty()) {
            throw new InvalidRowException("override_environment must be an object or a text");
        }
    }

    private void putJson(String name, JsonNode value, Consumer<String> problems) {
        if (value.isContainerNode() || value.isNull()) {
            problems.accept("variable " + Notes.quoted(name) + " is "
                    + (value.isNull() ? "null" : "a list or an object") + ", and not carried over");
            return;
        }
        // As Python writes it.
        var text = value.isBoolean() ? (value.asBoolean() ? "True" : "False") : value.asText();
        put(name, text, SecretRule.isSecret(name, text));
    }

    /** Variables that are defined elsewhere already. */
    void putReferences(ArrayNode env) {
        env.forEach(entry -> byName.put(entry.path("name").asText(), new Variable("", false, entry)));
    }

    /** Entries of {@code env}, with secrets by reference. */
    ArrayNode env(Row row, Resource resource, SecretData data, Conversion conversion) {
        var env = JsonNodeFactory.instance.arrayNode();
        byName.forEach((name, variable) -> {
            if (variable.reference != null) {
                env.add(variable.reference);
                return;
            }
            var shown = conversion.masked("the name of a variable", name, resource);
            var entry = env.addObject().put("name", shown);
            if (variable.isSecret) {
                data.add(shown, variable.value, entry);
            } else {
                entry.put("value", conversion.masked("variable " + Notes.quoted(name), variable.value, resource));
            }
        });
        return env;
    }
}
