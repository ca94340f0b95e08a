package dev.longshore.docs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a command printed, without what differs from one time and one machine to the next. */
final class Answer {
    private static final Map<Pattern, String> VARYING = new LinkedHashMap<>();
    /** How often a job that is waited for is seen on its way depends on how fast the daemon is. */
    private static final Pattern PROGRESS =
            Pattern.compile("(?m)^(\\S+: (Pending|Running)\\b|longshore: waiting for ContainerJob ).*(\n|\\z)");

    static {
        vary("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uid>");
        vary("\\b[0-9a-f]{64}\\b", "<id>");
        vary("\\b[0-9a-f]{12}\\b", "<id>");
        vary("\\b\\d{4}-\\d\\d-\\d\\dT[\\d:.]+(Z|[+-]\\d\\d:\\d\\d)", "<time>");
        vary("/\\S*/longshore-dev\\d+/", "<folder>/");
        vary("(?<=Seconds\" : )[\\d.]+", "<seconds>");
        vary("\\b[\\d.]+[KMGT]iB\\b", "<size>");
        vary("\\b(\\d+d)?(\\d+h)?(\\d+m)?(\\d+(\\.\\d+)?s)\\b", "<duration>");
        vary("\\b\\d+[mh](?= |$)", "<duration>");
        vary("\\b\\d+\\.\\d+\\.\\d+[\\w+.~-]*(?= |$)", "<version>");
        vary("(?<= )1\\.\\d\\d(?= )", "<api>");
        // CPUs of a machine, in a table.
        vary("(?<=x86_64|aarch64) +\\d+", " <cpus>");
        vary("\\b(x86_64|aarch64)\\b", "<architecture>");
        // As the API server ends a generateName.
        vary("(?<=[a-z0-9])-[bcdfghjklmnpqrstvwxz2456789]{5}\\b", "-<five>");
    }

    private Answer() {}

    private static void vary(String pattern, String with) {
        VARYING.put(Pattern.compile("(?m)" + pattern), with);
    }

    static String plain(String text) {
        var plain = PROGRESS.matcher(text).replaceAll("");
        for (var each : VARYING.entrySet()) {
            plain = each.getKey().matcher(plain).replaceAll(each.getValue());
        }
        return plain.lines()
                .map(line -> line.replaceAll("\\s+", " ").stripTrailing())
                .collect(Collectors.joining("\n"))
                .strip();
    }

    /** @param expected as a page has it: {@code …} stands for anything, also over several lines */
    static boolean matches(String expected, String actual) {
        var pattern = Arrays.stream(plain(expected).split("…", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(plain(actual)).matches();
    }
}
