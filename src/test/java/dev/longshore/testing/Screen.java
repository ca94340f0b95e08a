package dev.longshore.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a terminal that is high enough shows after some output: the few control sequences that are used are obeyed, any
 * other is an error.
 */
public final class Screen {
    private static final Pattern PIECE = Pattern.compile("\u001b\\[([0-9]*)([A-Za-z])|\r|\n|[^\u001b\r\n]+|\u001b");

    private final List<String> lines = new ArrayList<>(List.of(""));
    private int row;
    private int column;

    private Screen() {}

    /** The lines, without those that are empty at the end. */
    public static List<String> after(String output) {
        var screen = new Screen();
        var pieces = PIECE.matcher(output);
        while (pieces.find()) {
            if (pieces.group(2) == null) {
                screen.write(pieces.group());
            } else {
                screen.obey(pieces.group(2), pieces.group(1).isEmpty() ? 1 : Integer.parseInt(pieces.group(1)));
            }
        }
        while (!screen.lines.isEmpty()
                && screen.lines.get(screen.lines.size() - 1).isEmpty()) {
            screen.lines.remove(screen.lines.size() - 1);
        }
        return screen.lines;
    }

    private void write(String text) {
        switch (text) {
            case "\r" -> column = 0;
            case "\n" -> {
                row++;
                if (row == lines.size()) {
                    lines.add("");
                }
            }
            case "\u001b" -> throw new IllegalArgumentException("a control sequence that is not known");
            default -> {
                var line = lines.get(row);
                var before = line.length() < column ? line + " ".repeat(column - line.length()) : line;
                var end = column + text.length();
                lines.set(
                        row, before.substring(0, column) + text + (end < before.length() ? before.substring(end) : ""));
                column = end;
            }
        }
    }

    private void obey(String command, int number) {
        switch (command) {
            case "A" -> row = Math.max(0, row - number);
            case "K" ->
                lines.set(
                        row,
                        lines.get(row)
                                .substring(0, Math.min(column, lines.get(row).length())));
            case "J" -> {
                obey("K", 0);
                lines.subList(row + 1, lines.size()).clear();
            }
            case "m" -> {
                // A colour.
            }
            default -> throw new IllegalArgumentException("ESC [ " + number + command + " is not known");
        }
    }
}
