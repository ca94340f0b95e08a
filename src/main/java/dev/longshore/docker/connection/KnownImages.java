package dev.longshore.docker.connection;

import dev.longshore.docker.ImageReference;
import dev.longshore.docker.LocalImage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What one connection has found out about images, by their IDs: the same image is used by one job after the other. Of a
 * daemon that names images as it likes no more is kept than of an honest one. Safe for use by several threads.
 */
final class KnownImages {
    private static final int MOST = 200;
    /** Of all names of an image. */
    private static final int LONGEST_NAMES = 4096;
    /** A platform more may be pulled for an image that has several. */
    private static final Duration LONGEST_BY_MANIFEST = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;

    KnownImages(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Known(LocalImage image, long since) {
        boolean isYoungerThan(Duration mostAge, long now) {
            var age = Duration.ofNanos(now - since);
            return age.compareTo(mostAge) < 0 && (!image.isNamedByManifest() || age.compareTo(LONGEST_BY_MANIFEST) < 0);
        }
    }

    /** The one that was used last is the last. */
    private final Map<String, Known> images = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    /** @param inspect asks the daemon, where what is known is older, or nothing is */
    Optional<LocalImage> image(String id, Duration mostAge, Supplier<Optional<LocalImage>> inspect) {
        var known = find(id, mostAge);
        if (known.isPresent()) {
            return known;
        }
        var since = nanoTime.getAsLong();
        var found = inspect.get();
        found.filter(image -> mayKeep(id, image)).ifPresent(image -> add(id, new Known(image, since)));
        return found;
    }

    private static boolean mayKeep(String id, LocalImage image) {
        return ImageReference.isImageId(id)
                && id.equals(image.id())
                && Stream.concat(image.tags().stream(), image.digests().stream())
                                .mapToInt(String::length)
                                .sum()
                        <= LONGEST_NAMES;
    }

    private synchronized Optional<LocalImage> find(String id, Duration mostAge) {
        return Optional.ofNullable(images.get(id))
                .filter(known -> known.isYoungerThan(mostAge, nanoTime.getAsLong()))
                .map(Known::image);
    }

    private synchronized void add(String id, Known image) {
        images.put(id, image);
    }
}
