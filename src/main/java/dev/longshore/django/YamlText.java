package dev.longshore.django;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes YAML that every version of it reads the same: all that a reader could take for something else than a string is quoted,
 * with escapes that all readers know. Libraries that write YAML have others for a few characters, such as {@code \L}.
 */
final class YamlText {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z/](?:[-A-Za-z0-9_./]|:(?=[-A-Za-z0-9_./])| (?=[A-Za-z0-9_./]))*");

    private static final Set<String> RESERVED = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    static String of(JsonNode object) {
        var yaml = new YamlText();
        yaml.fields(object, "");
        return yaml.text.toString();
    }

    /** The first line has its indentation already, where it is an element of a list. */
    private void fields(JsonNode object, String indent) {
        object.properties().forEach(field -> {
            if (text.length() > 0 && text.charAt(text.length() - 1) == '\n') {
                text.append(indent);
            }
            string(field.getKey());
            text.append(':');
            value(field.getValue(), indent);
        });
    }

    private void value(JsonNode value, String indent) {
        if (value.isEmpty() || value.isValueNode()) {
            text.append(' ');
            scalar(value);
            text.append('\n');
        } else if (value.isObject()) {
            text.append('\n');
            fields(value, indent + "  ");
        } else {
            text.append('\n');
            value.forEach(each -> element(each, indent));
        }
    }

    private void element(JsonNode value, String indent) {
        text.append(indent).append("- ");
        if (value.isObject() && !value.isEmpty()) {
            fields(value, indent + "  ");
        } else {
            scalar(value);
            text.append('\n');
        }
    }

    /** Also of an empty object or list. */
    private void scalar(JsonNode value) {
        if (value.isTextual()) {
            string(value.asText());
        } else {
            text.append(value);
        }
    }

    private void string(String value) {
        if (PLAIN.matcher(value).matches() && !RESERVED.contains(value.toLowerCase(Locale.ROOT))) {
            text.append(value);
            return;
        }
        text.append('"');
        value.codePoints().forEach(this::escaped);
        text.append('"');
    }

    private void escaped(int character) {
        switch (character) {
            case '"', '\\' -> text.append('\\').appendCodePoint(character);
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (Notes.isPlain(character)) {
                    text.appendCodePoint(character);
                } else if (Character.getType(character) == Character.SURROGATE) {
                    // Half of a character: no text.
                    text.append('\uFFFD');
                } else {
                    text.append((character < 1 << Character.SIZE ? "\\u%04x" : "\\U%08x").formatted(character));
                }
            }
        }
    }
}
