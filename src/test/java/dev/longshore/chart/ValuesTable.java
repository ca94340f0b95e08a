package dev.longshore.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values of the chart as a table in Markdown, with the comments of values.yaml as their descriptions. */
final class ValuesTable {
    private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]+):(.*)");

    private record Row(String path, String description) {}

    private ValuesTable() {}

    static String of(String yaml) {
        var values = Chart.yaml(yaml);
        return rows(yaml).stream()
                .map(row -> "| `%s` | `%s` | %s |\n".formatted(row.path, value(values, row.path), row.description))
                .collect(Collectors.joining("", "| Value | Default | |\n|---|---|---|\n", ""));
    }

    private static JsonNode value(JsonNode values, String path) {
        return values.at("/" + path.replace('.', '/'));
    }

    /** @throws IllegalStateException for a value that neither has a comment nor is below one that has */
    private static List<Row> rows(String yaml) {
        var rows = new ArrayList<Row>();
        Deque<String> path = new ArrayDeque<>();
        var comment = new ArrayList<String>();
        for (var line : yaml.lines().toList()) {
            var described = COMMENT.matcher(line);
            var key = KEY.matcher(line);
            if (described.matches()) {
                comment.add(described.group(1));
            } else if (key.matches()) {
                while (path.size() > key.group(1).length() / 2) {
                    path.removeLast();
                }
                path.addLast(key.group(2));
                var whole = String.join(".", path);
                if (!comment.isEmpty()) {
                    rows.add(new Row(whole, String.join(" ", comment).replace("|", "\\|")));
                } else if (!key.group(3).isBlank()
                        && rows.stream().noneMatch(row -> whole.startsWith(row.path + "."))) {
                    throw new IllegalStateException(whole + " has no comment in values.yaml: write what it does");
                }
                comment.clear();
            }
        }
        return rows;
    }
}
