package dev.longshore.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --env} says. */
final class Variables {
    private Variables() {}

    /** @param written each as NAME=VALUE, of which the last of a name holds */
    static Map<String, String> of(List<String> written) {
        var variables = new LinkedHashMap<String, String>();
        for (var variable : written) {
            var equals = variable.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("--env " + variable + ": must be NAME=VALUE");
            }
            variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return variables;
    }
}
