package dev.longshore.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One document, or one item of a List.
 *
 * @param root path of {@code content} in the text's document; empty but for items of a List
 * @param positions of every field by its path, such as {@code spec.env[0].name}
 */
record Document(String source, JsonNode content, String root, Map<String, Position> positions) {
    /** Position of {@code path}, or of the nearest enclosing field. */
    Position position(String path) {
        var full = path.isEmpty() ? root : join(root, path);
        while (!positions.containsKey(full)) {
            if (full.isEmpty()) {
                return Position.START;
            }
            full = full.substring(0, Math.max(0, Math.max(full.lastIndexOf('.'), full.lastIndexOf('['))));
        }
        return positions.get(full);
    }

    Document item(int index) {
        var path = join(root, "items") + "[" + index + "]";
        return new Document(source, content.path("items").path(index), path, positions);
    }

    static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }
}
