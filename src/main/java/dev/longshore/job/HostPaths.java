package dev.longshore.job;

import dev.longshore.api.AllowedHostPath;
import java.util.ArrayList;
import java.util.List;

/** Paths of a daemon's machine, compared by whole segments after cleaning. */
final class HostPaths {
    private HostPaths() {}

    /** The segments of an absolute path without empty ones and {@code .}; {@code ..} is kept, for it is refused. */
    static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        for (var segment : path.split("/")) {
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return segments;
    }

    /** Whether {@code allowed} admits mounting {@code path}. */
    static boolean admits(AllowedHostPath allowed, String path, boolean readOnly) {
        var wanted = segments(path);
        var root = segments(allowed.path());
        if (wanted.contains("..")) {
            return false;
        }
        if (!allowed.readOnly()) {
            return wanted.equals(root);
        }
        return readOnly
                && wanted.size() >= root.size()
                && wanted.subList(0, root.size()).equals(root);
    }
}
