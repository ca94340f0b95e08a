package dev.longshore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What docs/architecture.md draws: below a heading {@code ### Packages}, or {@code ### Rooms of `name`}, a table of which
 * each row names a package in its first column, and in its last what that imports.
 *
 * @param innerRooms those that the page lists as "used inside `job` only"
 */
record ArchitecturePage(Map<String, Map<String, TreeSet<String>>> tables, List<String> innerRooms) {
    private static final Path PAGE = Path.of("docs/architecture.md");
    private static final Pattern HEADING = Pattern.compile("### (?:Packages|Rooms of `(\\w+)`)");
    private static final Pattern INNER = Pattern.compile("((?:`\\w+`(?:,| and)?\\s+)+)are used inside `job` only");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    static ArchitecturePage read() throws IOException {
        var tables = new LinkedHashMap<String, Map<String, TreeSet<String>>>();
        Map<String, TreeSet<String>> table = null;
        for (var line : Files.readAllLines(PAGE)) {
            var heading = HEADING.matcher(line);
            if (line.startsWith("#")) {
                table = heading.matches() ? new LinkedHashMap<>() : null;
                if (table != null) {
                    tables.put(heading.group(1) == null ? "" : heading.group(1), table);
                }
            } else if (table != null && line.startsWith("| `")) {
                var cells = line.split("\\|");
                for (var name : names(cells[1])) {
                    table.put(name, new TreeSet<>(names(cells[cells.length - 1])));
                }
            }
        }
        var inner = INNER.matcher(Files.readString(PAGE));
        if (!inner.find()) {
            throw new IllegalStateException(PAGE + " has no sentence '… are used inside `job` only'");
        }
        return new ArchitecturePage(tables, names(inner.group(1)));
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(result -> result.group(1)).toList();
    }

    TreeMap<String, TreeSet<String>> imports(String within) {
        return new TreeMap<>(tables.get(within));
    }

    /** From top to bottom. */
    List<String> order(String within) {
        return new ArrayList<>(tables.get(within).keySet());
    }
}
