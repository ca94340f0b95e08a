package dev.longshore.cli.output;

import dev.longshore.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Names with their values below each other, as kubectl describe prints them. Values are cleaned of control sequences. */
public final class Description {
    private static final String INDENT = "  ";

    private record Line(int depth, String name, String value) {}

    private final List<Line> lines = new ArrayList<>();
    private int depth;

    /** @param value nothing is said of null and of what is empty */
    Description add(String name, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            lines.add(new Line(depth, name + ":", Terminal.line(value.toString())));
        }
        return this;
    }

    /** What follows is part of this until {@link #end}. */
    Description begin(String name) {
        lines.add(new Line(depth++, name + ":", ""));
        return this;
    }

    Description end() {
        depth--;
        return this;
    }

    /** Lines as they are. */
    Description text(String name, String text) {
        if (text != null && !text.isEmpty()) {
            begin(name);
            Terminal.clean(text).lines().forEach(line -> lines.add(new Line(depth, line, "")));
            end();
        }
        return this;
    }

    Description table(String name, Table table) {
        begin(name);
        table.lines().forEach(line -> lines.add(new Line(depth, line, "")));
        return end();
    }

    public void print(PrintWriter out) {
        var width = lines.stream()
                .filter(line -> !line.value().isEmpty())
                .mapToInt(line -> indented(line).length())
                .max()
                .orElse(0);
        lines.forEach(line -> out.println(
                line.value().isEmpty()
                        ? indented(line)
                        : indented(line) + " ".repeat(width - indented(line).length()) + INDENT + line.value()));
    }

    private static String indented(Line line) {
        return INDENT.repeat(line.depth()) + line.name();
    }
}
