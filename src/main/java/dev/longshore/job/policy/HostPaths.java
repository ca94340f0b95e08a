package dev.longshore.job.policy;

import dev.longshore.api.AllowedHostPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Paths of a daemon's machine, compared by whole segments after cleaning. */
public final class HostPaths {
    private HostPaths() {}

    /** The segments of an absolute path without empty ones and {@code .}; {@code ..} is kept, for it is refused. */
    public static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        for (var segment : path.split("/")) {
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return segments;
    }

    /** A path that a policy allows, cut once for all mounts. */
    record Entry(String written, boolean readOnly, List<String> segments) {
        static Entry of(AllowedHostPath allowed) {
            return new Entry(allowed.path(), allowed.readOnly(), HostPaths.segments(allowed.path()));
        }
    }

    /** Why a mount is not admitted; nothing where it is. */
    static Optional<String> denial(List<Entry> allowed, String path, boolean readOnly) {
        var wanted = segments(path);
        var above = allowed.stream()
                .filter(entry -> !entry.readOnly() && isBelow(wanted, entry))
                .findFirst();
        if (above.isPresent()) {
            // A user who may write there may replace it by a link to any other path, which the daemon follows.
            return Optional.of("host path " + path + " is below " + above.get().written()
                    + ", which jobs may write to, so that it could be a link to any path: mount "
                    + above.get().written() + " itself (policy.allowedHostPaths)");
        }
        if (allowed.stream().anyMatch(entry -> admits(entry, wanted, readOnly))) {
            return Optional.empty();
        }
        var readable = allowed.stream().filter(Entry::readOnly).anyMatch(entry -> admits(entry, wanted, true));
        return Optional.of("host path " + path
                + (readable ? " is only allowed with readOnly: true" : " is not allowed")
                + " (policy.allowedHostPaths)");
    }

    private static boolean isBelow(List<String> wanted, Entry entry) {
        var root = entry.segments();
        return wanted.size() > root.size() && wanted.subList(0, root.size()).equals(root);
    }

    private static boolean admits(Entry allowed, List<String> wanted, boolean readOnly) {
        if (wanted.contains("..")) {
            return false;
        }
        var exactly = wanted.equals(allowed.segments());
        return allowed.readOnly() ? readOnly && (exactly || isBelow(wanted, allowed)) : exactly;
    }
}
