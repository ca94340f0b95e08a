package dev.longshore.django;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** Variables as lines of {@code KEY=VALUE}, as release 1.0.14 reads them: without quotes, expansion or continuation. */
final class EnvironmentText {
    private EnvironmentText() {}

    /**
     * The variables by name, of several with one name the last.
     *
     * @param broken receives the number of each line that is no variable, counted from 1
     */
    static Map<String, String> parse(String text, IntConsumer broken) {
        var variables = new LinkedHashMap<String, String>();
        var number = 0;
        for (var each : text.split("\n", -1)) {
            number++;
            var line = trim(each);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var equals = line.indexOf('=');
            var name = equals < 0 ? "" : trim(line.substring(0, equals));
            if (name.isEmpty()) {
                broken.accept(number);
            } else {
                variables.put(name, trim(line.substring(equals + 1)));
            }
        }
        return variables;
    }

    /** Of all that Python calls white space, which is more than Java does. */
    private static String trim(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char each) {
        return Character.isWhitespace(each) || Character.isSpaceChar(each) || each == '\u0085';
    }
}
