package dev.longshore.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A fenced block of what a reader types into a shell: {@code bash}, which is typed as it stands, or {@code console}, with
 * prompts and what is answered. One that no test can run says so in a comment before it: {@code <!-- not run: why -->}.
 *
 * @param notRun why it cannot be run; null where it can
 */
record ShellBlock(Page page, int line, String language, String text, String notRun) {
    private static final Set<String> LANGUAGES = Set.of("bash", "console");

    private static final Pattern FENCE =
            Pattern.compile("(?ms)(?:^ *<!-- not run:((?:(?!-->).)*)-->\n)?^( *)```([^\n]*)\n(.*?)^ *```$");
    private static final String PROMPT = "$ ";
    private static final String CONTINUED = "> ";

    /** What is typed, and what is to be answered. */
    record Step(String command, String answer) {}

    static List<ShellBlock> of(Page page) {
        return FENCE.matcher(page.text())
                .results()
                .filter(fence -> LANGUAGES.contains(fence.group(3)))
                .map(fence -> of(page, fence))
                .toList();
    }

    /** Blocks that look like what is typed into a shell, and are called something else or nothing. */
    static List<String> unnamed(Page page) {
        return FENCE.matcher(page.text())
                .results()
                .filter(fence -> !LANGUAGES.contains(fence.group(3)))
                .map(fence -> fence.group(4))
                .filter(text -> text.lines().anyMatch(line -> line.strip().startsWith(PROMPT)))
                .toList();
    }

    private static ShellBlock of(Page page, MatchResult fence) {
        var line = (int) page.text().substring(0, fence.start(4)).lines().count();
        var text = fence.group(4).replaceAll("(?m)^" + fence.group(2), "");
        return new ShellBlock(
                page,
                line,
                fence.group(3),
                text,
                fence.group(1) == null ? null : fence.group(1).strip());
    }

    boolean isConsole() {
        return language.equals("console");
    }

    /** Of a console. */
    List<Step> steps() {
        var steps = new ArrayList<Step>();
        String command = null;
        var answer = new StringBuilder();
        for (var each : text.lines().toList()) {
            if (each.startsWith(PROMPT)) {
                if (command != null) {
                    steps.add(new Step(command, answer.toString()));
                }
                command = each.substring(PROMPT.length());
                answer.setLength(0);
            } else if (each.startsWith(CONTINUED) && answer.isEmpty()) {
                command += "\n" + each.substring(CONTINUED.length());
            } else {
                answer.append(each).append('\n');
            }
        }
        if (command != null) {
            steps.add(new Step(command, answer.toString()));
        }
        return steps;
    }

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
