package dev.longshore.job;

import dev.longshore.api.AllowedHostPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** Why a mount is not admitted; nothing where it is. */
    static Optional<String> denial(List<AllowedHostPath> allowed, String path, boolean readOnly) {
        var above = allowed.stream()
                .filter(entry -> !entry.readOnly() && isBelow(path, entry))
                .findFirst();
        if (above.isPresent()) {
            // Whoever may write there may put a link to anywhere in its place, which the daemon follows.
            return Optional.of("host path " + path + " is below " + above.get().path()
                    + ", where jobs may write and say what it leads to: mount that path itself"
                    + " (policy.allowedHostPaths)");
        }
        if (allowed.stream().anyMatch(entry -> admits(entry, path, readOnly))) {
            return Optional.empty();
        }
        var readable = allowed.stream().filter(AllowedHostPath::readOnly).anyMatch(entry -> admits(entry, path, true));
        return Optional.of("host path " + path
                + (readable ? " is allowed with readOnly: true only" : " is not allowed")
                + " (policy.allowedHostPaths)");
    }

    private static boolean isBelow(String path, AllowedHostPath entry) {
        var wanted = segments(path);
        var root = segments(entry.path());
        return wanted.size() > root.size() && wanted.subList(0, root.size()).equals(root);
    }

    private static boolean admits(AllowedHostPath allowed, String path, boolean readOnly) {
        var wanted = segments(path);
        if (wanted.contains("..")) {
            return false;
        }
        var exactly = wanted.equals(segments(allowed.path()));
        return allowed.readOnly() ? readOnly && (exactly || isBelow(path, allowed)) : exactly;
    }
}
