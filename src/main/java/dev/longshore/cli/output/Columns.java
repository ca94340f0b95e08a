package dev.longshore.cli.output;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** The columns of a table of resources. */
public final class Columns<T> {
    private record Column<T>(String head, boolean isWide, boolean isOfAllNamespaces, Function<T, String> cell) {}

    private final List<Column<T>> columns = new ArrayList<>();

    /** @param cell null for an empty one */
    public Columns<T> add(String head, Function<T, String> cell) {
        columns.add(new Column<>(head, false, false, cell));
        return this;
    }

    /** Only with {@code -o wide}. */
    Columns<T> addWide(String head, Function<T, String> cell) {
        columns.add(new Column<>(head, true, false, cell));
        return this;
    }

    /** Only with {@code -A}. */
    public Columns<T> addOfAllNamespaces(String head, Function<T, String> cell) {
        columns.add(new Column<>(head, false, true, cell));
        return this;
    }

    public Table table(Collection<T> rows, boolean wide, boolean allNamespaces) {
        var shown = columns.stream()
                .filter(column -> wide || !column.isWide())
                .filter(column -> allNamespaces || !column.isOfAllNamespaces())
                .toList();
        var table = new Table(shown.stream().map(Column::head).toList());
        rows.forEach(row -> table.add(shown.stream()
                .map(column -> column.cell().apply(row))
                .map(cell -> cell == null ? "" : cell)
                .toList()));
        return table;
    }
}
