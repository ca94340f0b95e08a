package dev.longshore.docker;

import java.util.List;

/**
 * An image on a daemon.
 *
 * @param tags references to it by tag, as the daemon writes them, such as {@code busybox:stable}
 * @param digests references to it by digest, such as {@code busybox@sha256:…}; of an image that was neither pulled nor pushed,
 *     none
 * @param platform for which it was made; of an image in a list, unknown; of one for several, that which is here and suits the
 *     daemon's machine the best
 * @param isNamedByManifest whether its ID is the digest of its manifest, as with a containerd image store, and not that of its
 *     configuration. Then it may be for several platforms, of which more may be pulled later
 */
public record LocalImage(
        String id, List<String> tags, List<String> digests, ImagePlatform platform, boolean isNamedByManifest) {
    public LocalImage {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
    }

    /** One whose digests, if it has any, say what its ID is of. */
    public LocalImage(String id, List<String> tags, List<String> digests, ImagePlatform platform) {
        this(id, tags, digests, platform, digests.stream().anyMatch(digest -> digest.endsWith("@" + id)));
    }
}
