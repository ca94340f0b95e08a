package dev.longshore.cli.run;

import dev.longshore.cli.terminal.Terminal;
import java.util.List;

/** What to send to a terminal so that some lines take the place of others. The cursor stands below them before and after. */
final class Redraw {
    private static final String END_OF_LINE = "\u001b[K\n";
    private static final String ERASE_BELOW = "\u001b[J";

    private Redraw() {}

    /**
     * @param drawn the lines that stand there now
     * @param stay lines that are to stay above
     * @param width of the terminal: lines that were drawn on a wider one take more rows now
     */
    static String of(List<String> drawn, List<String> stay, List<String> next, int width) {
        var text = new StringBuilder("\r");
        var up = drawn.stream().mapToInt(line -> rows(line, width)).sum();
        if (up > 0) {
            text.append("\u001b[").append(up).append('A');
        }
        stay.forEach(line -> text.append(line).append(END_OF_LINE));
        next.forEach(line -> text.append(line).append(END_OF_LINE));
        return text.append(ERASE_BELOW).toString();
    }

    private static int rows(String line, int width) {
        var length = Terminal.line(line).length();
        return Math.max(1, (length + width - 1) / width);
    }
}
