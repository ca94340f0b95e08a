package dev.longshore.django;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Splits a command as the old system did, by Python's {@code shlex}: quotes and backslashes as in a POSIX shell, and nothing
 * expanded. Single use.
 */
final class ShellSplit {
    /**
     * A command's arguments.
     *
     * @param special what a shell would have expanded or executed, such as {@code $} or {@code |}
     */
    record Arguments(List<String> list, Set<String> special) {}

    private static final String SPACES = " \t\r\n";
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");

    private final String command;
    private final List<String> arguments = new ArrayList<>();
    private final Set<String> special = new LinkedHashSet<>();
    private int at;
    private StringBuilder argument;
    /** Whether there was one behind the first argument. */
    private boolean isNewLine;

    private ShellSplit(String command) {
        this.command = command;
    }

    /** @throws InvalidRowException if a quote is open at the end */
    static Arguments split(String command) {
        var split = new ShellSplit(command);
        split.readAll();
        return new Arguments(split.arguments, split.special);
    }

    /** Of a command that need not be correct. */
    static List<String> lenient(String command) {
        try {
            return split(command).list();
        } catch (InvalidRowException e) {
            return Arrays.asList(command.split("[" + SPACES + "]+"));
        }
    }

    private void readAll() {
        while (at < command.length()) {
            var each = command.charAt(at);
            at++;
            if (SPACES.indexOf(each) >= 0) {
                end();
                isNewLine |= each == '\n' && !arguments.isEmpty();
            } else {
                var isFirst = argument == null;
                argument = isFirst ? new StringBuilder() : argument;
                if (isNewLine) {
                    special.add("\\n");
                }
                switch (each) {
                    case '\'' -> single();
                    case '"' -> quoted();
                    case '\\' -> argument.append(escaped());
                    default -> {
                        noteUnquoted(each, isFirst);
                        argument.append(each);
                    }
                }
            }
        }
        end();
        if (!arguments.isEmpty() && ASSIGNMENT.matcher(arguments.get(0)).lookingAt()) {
            special.add("NAME=");
        }
    }

    private void end() {
        if (argument != null) {
            arguments.add(argument.toString());
            argument = null;
        }
    }

    private void single() {
        var close = command.indexOf('\'', at);
        if (close < 0) {
            throw open("'");
        }
        argument.append(command, at, close);
        at = close + 1;
    }

    private void quoted() {
        while (at < command.length()) {
            var each = command.charAt(at);
            at++;
            if (each == '"') {
                return;
            }
            if (each == '\\') {
                var next = escaped();
                // The backslash stays before all others.
                argument.append(next == '"' || next == '\\' ? "" : "\\").append(next);
            } else {
                if (each == '$' || each == '`') {
                    note(String.valueOf(each));
                }
                argument.append(each);
            }
        }
        throw open("\"");
    }

    private char escaped() {
        if (at == command.length()) {
            throw new InvalidRowException("ends with a backslash");
        }
        at++;
        return command.charAt(at - 1);
    }

    private static InvalidRowException open(String quote) {
        return new InvalidRowException("has a " + quote + " that is not closed");
    }

    private void noteUnquoted(char each, boolean isFirst) {
        if (each == '&' && at < command.length() && command.charAt(at) == '&') {
            note("&&");
        } else if (each == '&' && at > 1 && command.charAt(at - 2) == '&') {
            return;
        } else if ("$`|&;<>()*?[".indexOf(each) >= 0 || isFirst && (each == '~' || each == '#')) {
            note(String.valueOf(each));
        }
    }

    /** The script of {@code sh -c} is read by a shell, there as here. */
    private void note(String character) {
        if (arguments.size() != 2
                || !SHELLS.contains(name(arguments.get(0)))
                || !arguments.get(1).matches("-[a-z]*c")) {
            special.add(character);
        }
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
