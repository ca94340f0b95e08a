package dev.longshore.job.policy;

import dev.longshore.docker.ImageReference;
import java.util.List;
import java.util.Optional;

/** A policy's globs over full image references, written as short as Docker allows. */
final class AllowedImages {
    private AllowedImages() {}

    static Optional<String> denial(String image, List<String> globs) {
        if (ImageReference.isImageId(image)) {
            return Optional.of("image IDs are not allowed (policy.allowedImages)");
        }
        var full = ImageReference.parse(image).toString();
        return globs.stream().anyMatch(glob -> new Glob(normalise(glob)).matches(full))
                ? Optional.empty()
                : Optional.of("image " + full + " is not allowed (policy.allowedImages)");
    }

    /** As Docker completes a reference, but that a trailing {@code *} also stands for any tag. */
    private static String normalise(String glob) {
        var slash = glob.indexOf('/');
        var first = slash < 0 ? "" : glob.substring(0, slash);
        var rest = glob.substring(slash + 1);
        String full;
        if (glob.startsWith("**") || isDomain(first) && !isDockerHub(first)) {
            full = glob;
        } else {
            var path = isDockerHub(first) ? rest : glob;
            full = "docker.io/" + (path.contains("/") || path.startsWith("**") ? "" : "library/") + path;
        }
        var last = full.substring(full.lastIndexOf('/') + 1);
        return last.contains(":") || last.contains("@") || last.endsWith("*") ? full : full + ":latest";
    }

    private static boolean isDockerHub(String segment) {
        return segment.equals("docker.io") || segment.equals("index.docker.io");
    }

    private static boolean isDomain(String segment) {
        return segment.contains(".") || segment.contains(":") || segment.equals("localhost");
    }
}
