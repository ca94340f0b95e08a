package dev.longshore.django;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is a secret by its name: the rule of the Python API reference, for a variable's name in which one of its words occurs,
 * and a few more words for the same. And by its form: the credentials of a URL.
 */
final class SecretRule {
    private static final Pattern NAME =
            Pattern.compile("(?i)PASSWORD|SECRET|KEY|TOKEN|PASSWD|PASSPHRASE|CREDENTIAL|(^|[^A-Z])PASS$|[^A-Z]PWD$");
    /** Of the name of an option, parameter or header. Most that end in "key" are none, such as the one to sort by. */
    private static final String ENDING = "(?:password|passwd|passphrase|secret|token|(?<![a-z])pass|(?<=[-_.])pwd"
            + "|(?:api|access|secret|private|auth|account)[-_]?key)";

    private static final Pattern PARAMETER = Pattern.compile("(?i)[-\\w.]*" + ENDING);
    private static final Pattern HEADER = Pattern.compile(
            "(?i)(?:" + ENDING + ":[ \\t]+|authorization:[ \\t]+(?:[a-z]+[ \\t]+)?)([^\\s\"',;})]{8,})");
    private static final Pattern JSON = Pattern.compile("(?i)" + ENDING + "[\"'][ \\t]*:[ \\t]*[\"']([^\"']{2,})[\"']");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]*");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b(?:bearer|basic)[ \\t]+([-A-Za-z0-9._~+/]{8,}=*)");
    private static final Pattern SEPARATOR = Pattern.compile("[\\s;|&?\"'`()]+");

    private SecretRule() {}

    /** Whether a variable of this name holds a secret. */
    static boolean isSecret(String name) {
        return NAME.matcher(name).find();
    }

    /** Whether a variable of this name or this value does. */
    static boolean isSecret(String name, String value) {
        return isSecret(name) || !inText(value).isEmpty();
    }

    /** The passwords in URLs like {@code postgresql://user:password@db}, and the tokens in those like {@code https://token@host}. */
    static List<String> credentials(String text) {
        List<String> found = new ArrayList<>();
        for (var at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 1)) {
            var start = at + "://".length();
            var end = start;
            while (end < text.length() && "/?#\"'`<> \t\r\n".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            var login = text.substring(
                    start, Math.max(start, text.substring(start, end).lastIndexOf('@') + start));
            var colon = login.indexOf(':');
            if (colon >= 0 && colon < login.length() - 1) {
                found.add(login.substring(colon + 1));
            } else if (colon < 0
                    && !login.isEmpty()
                    && (text.startsWith("http", at - 4) || text.startsWith("https", at - 5))) {
                found.add(login);
            }
        }
        return found;
    }

    /** The secrets in a command, or in the value of a variable, which may have options as well. */
    static List<String> inText(String command) {
        List<String> found = new ArrayList<>(credentials(command));
        addLabelled(command, found);
        var arguments = ShellSplit.lenient(command);
        for (var i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            var next = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            if (argument.startsWith("-") && isParameter(argument) && !next.startsWith("-")) {
                add(next, found);
            }
            add(argument, argument.indexOf('='), found);
            if (SEPARATOR.matcher(argument).find()) {
                // A script, with quotes of its own.
                addLabelled(argument, found);
                SEPARATOR.splitAsStream(argument).forEach(part -> add(part, part.indexOf('='), found));
            }
        }
        return found;
    }

    private static void addLabelled(String text, List<String> found) {
        for (var pattern : List.of(BEARER, HEADER, JSON)) {
            pattern.matcher(text).results().forEach(each -> add(each.group(1), found));
        }
    }

    private static boolean isParameter(String name) {
        return PARAMETER.matcher(name).matches();
    }

    private static void add(String argument, int equals, List<String> found) {
        if (equals > 0) {
            var name = argument.substring(0, equals);
            if (isParameter(name) || VARIABLE.matcher(name).matches() && isSecret(name)) {
                add(argument.substring(equals + 1), found);
            }
        }
    }

    /** What a shell would take from a variable is not written in the command. */
    private static void add(String value, List<String> found) {
        if (!value.startsWith("$") && !value.isEmpty()) {
            found.add(value);
        }
    }
}
