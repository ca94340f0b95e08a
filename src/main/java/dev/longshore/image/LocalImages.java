package dev.longshore.image;

import dev.longshore.docker.ImageReference;
import dev.longshore.docker.LocalImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The images of a daemon at one moment, found as the daemon itself finds them. */
final class LocalImages {
    private final Map<String, LocalImage> byKey = new HashMap<>();
    private final Map<String, LocalImage> byId = new HashMap<>();

    LocalImages(List<LocalImage> images) {
        for (var image : images) {
            byId.put(image.id(), image);
            Stream.concat(image.tags().stream(), image.digests().stream())
                    .forEach(reference -> key(reference).ifPresent(key -> byKey.put(key, image)));
        }
    }

    /**
     * What all ways to write a reference have in common: the full name with its digest, else with its tag. Nothing for what is no
     * reference.
     */
    static Optional<String> key(String reference) {
        try {
            var parsed = ImageReference.parse(reference);
            return Optional.of(
                    parsed.domain() == null
                            ? withAlgorithm(parsed.digest())
                            : parsed.repository()
                                    + (parsed.digest() == null ? ":" + parsed.tag() : "@" + parsed.digest()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String withAlgorithm(String id) {
        return id.startsWith("sha256:") ? id : "sha256:" + id;
    }

    /** From a reference, or an ID or its beginning. */
    Optional<LocalImage> find(String reference) {
        return key(reference).flatMap(key -> {
            if (!ImageReference.isImageId(key)) {
                return Optional.ofNullable(byKey.get(key)).or(() -> withoutName(key));
            }
            return Optional.ofNullable(byId.get(key))
                    .or(() -> byId.values().stream()
                            .filter(image -> image.id().startsWith(key))
                            .findFirst());
        });
    }

    /** With a containerd image store an image whose tag has moved has no name, but its ID is still the digest. */
    private Optional<LocalImage> withoutName(String key) {
        return withId(key.substring(key.indexOf('@') + 1)).filter(LocalImages::hasNoName);
    }

    Optional<LocalImage> withId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The digest of an image in the repository of a reference. */
    static Optional<String> digest(LocalImage image, String reference) {
        return image.digests().stream()
                .filter(digest -> areOfOneRepository(digest, reference))
                .findFirst();
    }

    /** Whether an image has a tag in the repository of a reference. */
    static boolean hasTag(LocalImage image, String reference) {
        return image.tags().stream().anyMatch(tag -> areOfOneRepository(tag, reference));
    }

    static boolean hasNoName(LocalImage image) {
        return image.tags().isEmpty() && image.digests().isEmpty();
    }

    /** False for what is no reference. */
    static boolean areOfOneRepository(String one, String other) {
        try {
            return ImageReference.parse(one)
                    .repository()
                    .equals(ImageReference.parse(other).repository());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
