package dev.longshore.docker.dockerjava;

import dev.longshore.docker.ImagePlatform;
import dev.longshore.docker.ImageReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the images of a daemon were made for, by their IDs, which are of their content: it never changes. */
final class KnownPlatforms {
    private static final int MOST = 1_000;
    private static final int LONGEST_ID = 100;

    private final Map<String, ImagePlatform> platforms = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ImagePlatform> eldest) {
            return size() > MOST;
        }
    };

    synchronized Optional<ImagePlatform> of(String image) {
        return Optional.ofNullable(platforms.get(image));
    }

    synchronized ImagePlatform remember(String image, ImagePlatform platform) {
        if (image.length() <= LONGEST_ID && ImageReference.isImageId(image)) {
            platforms.put(image, platform);
        }
        return platform;
    }
}
