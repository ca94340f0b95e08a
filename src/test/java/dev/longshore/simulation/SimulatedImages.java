package dev.longshore.simulation;

import dev.longshore.docker.ImageNotFoundException;
import dev.longshore.docker.ImagePlatform;
import dev.longshore.docker.ImageReference;
import dev.longshore.docker.LocalImage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The images of one daemon, and of its registry: versions of busybox, of which every tag is the first until it moves. */
final class SimulatedImages {
    private static final int FIRST = 1;
    /** What makes a digest another number than the ID. */
    private static final int DIGEST = 1 << 20;

    /** As with a containerd image store. */
    private boolean namedByManifest;

    private final Map<String, Integer> registry = new HashMap<>();
    private final Map<String, Integer> tags = new HashMap<>();
    private final Set<Integer> versions = new HashSet<>(Set.of(FIRST));

    static String id(int version) {
        return "sha256:%064x".formatted(version);
    }

    static String digest(int version) {
        return "busybox@" + id(version + DIGEST);
    }

    void nameByManifest() {
        namedByManifest = true;
    }

    /** Someone pushes another version under a tag. */
    void push(String tag, int version) {
        registry.put(tag, version);
    }

    /** Someone removes an image by hand. */
    void lose(int version) {
        versions.remove(version);
    }

    String idOf(String reference) {
        return find(reference)
                .map(LocalImage::id)
                .orElseThrow(() -> new ImageNotFoundException("No such image: " + reference, null));
    }

    Optional<LocalImage> find(String reference) {
        return versions.stream()
                .filter(version -> version.equals(local(reference)))
                .map(version -> new LocalImage(
                        id(version),
                        List.of(),
                        List.of(namedByManifest ? "busybox@" + id(version) : digest(version)),
                        new ImagePlatform("linux", "amd64")))
                .findFirst();
    }

    String pull(String reference) {
        var version = ImageReference.parse(reference).digest() == null
                ? registry.getOrDefault(reference, FIRST)
                : local(reference);
        tags.put(reference, version);
        versions.add(version);
        return id(version);
    }

    private Integer local(String reference) {
        var parsed = ImageReference.parse(reference);
        if (parsed.digest() == null) {
            return tags.getOrDefault(reference, FIRST);
        }
        var number = Integer.parseInt(parsed.digest().substring("sha256:".length()), 16);
        return number < DIGEST ? number : number - DIGEST;
    }
}
