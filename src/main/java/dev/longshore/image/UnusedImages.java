package dev.longshore.image;

import dev.longshore.api.PulledImage;
import dev.longshore.docker.ImageReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The decision on what is removed, a pure function of what is known at one moment.
 *
 * @param gone recorded images whose reference is there no more, or of another image
 * @param unusedSince by uptime, since when an image is known to be unused
 * @param due what is to be removed
 */
record UnusedImages(List<PulledImage> gone, Map<PulledImage, Duration> unusedSince, List<PulledImage> due) {
    /**
     * @param recorded what Longshore pulled
     * @param local what the daemon has
     * @param inUse IDs of the images that containers refer to
     * @param wanted references of images that jobs wait for or run, and of those that are to stay, however they are written
     * @param before since when they were known to be unused
     * @param lastUse of image IDs by jobs, that may have come and gone since
     * @param now uptime
     * @param after the time for which one has to be unused; nothing: none is removed
     */
    static UnusedImages of(
            List<PulledImage> recorded,
            LocalImages local,
            Collection<String> inUse,
            Collection<String> wanted,
            Map<PulledImage, Duration> before,
            Map<String, Duration> lastUse,
            Duration now,
            Optional<Duration> after) {
        var used = new HashSet<>(inUse);
        wanted.forEach(reference -> local.find(reference).ifPresent(image -> used.add(image.id())));
        var gone = new ArrayList<PulledImage>();
        var unusedSince = new HashMap<PulledImage, Duration>();
        var due = new ArrayList<PulledImage>();
        for (var image : recorded) {
            if (!isStill(image, local)) {
                gone.add(image);
            } else if (!used.contains(image.id()) && !isNameOfTagged(image, local)) {
                var since = latest(before.getOrDefault(image, now), lastUse.get(image.id()));
                unusedSince.put(image, since);
                if (after.filter(time -> now.minus(since).compareTo(time) >= 0).isPresent()) {
                    due.add(image);
                }
            }
        }
        return new UnusedImages(gone, unusedSince, due);
    }

    private static Duration latest(Duration one, Duration other) {
        return other == null || other.compareTo(one) < 0 ? one : other;
    }

    /** Whether its reference is there, and of the same image. */
    static boolean isStill(PulledImage image, LocalImages local) {
        return local.find(image.reference())
                .filter(found -> found.id().equals(image.id()))
                .isPresent();
    }

    /** A digest goes with the last tag of its repository. Without it, a tag that stays would be of an image without a digest. */
    static boolean isNameOfTagged(PulledImage image, LocalImages local) {
        return ImageReference.parse(image.reference()).digest() != null
                && local.withId(image.id())
                        .filter(found -> LocalImages.hasTag(found, image.reference()))
                        .isPresent();
    }
}
