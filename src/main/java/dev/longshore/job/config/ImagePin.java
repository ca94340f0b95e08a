package dev.longshore.job.config;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.docker.ImageReference;
import dev.longshore.docker.LocalImage;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * All attempts of a job run the same image, though its tag moves: the first attempt's digest is kept in the status. It names
 * an image of the template's own repository, or it is ignored; the policies of hosts apply to what the template has.
 */
public final class ImagePin {
    private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");

    private ImagePin() {}

    /** By which the next attempt's image is pulled and its container created. */
    static String reference(ContainerJob job, ContainerTemplateSpec effective) {
        var pinned = job.getStatus() == null ? null : job.getStatus().imageDigest();
        return pinned != null && isDigestOf(effective.image(), pinned) ? pinned : effective.image();
    }

    /** The digest of an image that was created from a reference, as the daemon has it; nothing for one that has none. */
    public static Optional<String> digest(String reference, LocalImage image) {
        return image.digests().stream()
                .filter(digest -> isDigestOf(reference, digest))
                .findFirst();
    }

    /** Whether that is a digest in the repository of the reference, and the very one that the reference has, if any. */
    private static boolean isDigestOf(String reference, String digest) {
        if (ImageReference.isImageId(reference)) {
            return false;
        }
        try {
            var wanted = ImageReference.parse(reference);
            var pinned = ImageReference.parse(digest);
            return pinned.tag() == null
                    && pinned.digest() != null
                    && SHA256.matcher(pinned.digest()).matches()
                    && wanted.repository().equals(pinned.repository())
                    && (wanted.digest() == null || wanted.digest().equals(pinned.digest()));
        } catch (IllegalArgumentException e) {
            // What a daemon or a status has need not be a reference.
            return false;
        }
    }
}
