package dev.longshore.job;

import java.util.regex.Pattern;

/** A pattern in which {@code *} stands for anything within a path segment and {@code **} for anything. */
final class Glob {
    private final Pattern pattern;

    Glob(String glob) {
        var regex = new StringBuilder();
        for (var i = 0; i < glob.length(); i++) {
            if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (glob.charAt(i) == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(Pattern.quote(glob.substring(i, i + 1)));
            }
        }
        pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    boolean matches(String text) {
        return pattern.matcher(text).matches();
    }
}
