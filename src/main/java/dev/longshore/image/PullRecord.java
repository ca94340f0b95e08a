package dev.longshore.image;

import dev.longshore.api.PulledImage;
import dev.longshore.docker.LocalImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which images of a host Longshore pulled: what the host's status has, and what this process adds to and takes from it until that
 * is stored. Safe for use by several threads: every method is atomic, and calls nobody.
 */
final class PullRecord {
    /** As many as a status has. One more is not recorded, and so never removed; none is forgotten for it. */
    static final int MOST = 200;

    private final Set<PulledImage> added = new LinkedHashSet<>();
    private final Set<PulledImage> dropped = new HashSet<>();
    private List<PulledImage> now = new ArrayList<>();

    /** What the status should have, where it has this. */
    synchronized List<PulledImage> over(List<PulledImage> stored) {
        added.removeAll(stored);
        dropped.retainAll(stored);
        now = new ArrayList<>(stored);
        now.removeAll(dropped);
        added.removeIf(image -> now.size() >= MOST);
        now.addAll(added.stream().limit(MOST - Math.min(MOST, now.size())).toList());
        return images();
    }

    synchronized List<PulledImage> images() {
        return List.copyOf(now);
    }

    /** Whether the image of a reference, however it is written, is one that Longshore pulled. */
    synchronized boolean has(String reference) {
        return now.stream().anyMatch(image -> isOf(image, reference));
    }

    private static boolean isOf(PulledImage image, String reference) {
        return LocalImages.key(image.reference()).equals(LocalImages.key(reference));
    }

    /**
     * A reference was pulled. It is recorded if it was not there before, or was Longshore's before, and if its removal takes from
     * nobody what was there before: an image without a name, or one by a digest that goes with the tag.
     *
     * @param before what the daemon had before the pull
     * @param id of the image that the reference is of now
     * @return false where it should be recorded, and there are too many
     */
    synchronized boolean pulled(String reference, LocalImages before, String id) {
        var old = before.find(reference);
        if (old.isPresent() && (old.get().id().equals(id) || !isRecorded(reference, old.get()))) {
            return true;
        }
        // The tag has moved: the image that had it is still there by its digest.
        var kept = old.flatMap(
                image -> LocalImages.digest(image, reference).map(digest -> new PulledImage(digest, image.id())));
        var ofOthers = before.withId(id)
                .filter(image -> LocalImages.hasNoName(image)
                        || LocalImages.digest(image, reference).isPresent() && !LocalImages.hasTag(image, reference))
                .isPresent();
        var isOurs = hasInRepository(reference, id);
        now.stream().filter(image -> isOf(image, reference)).toList().forEach(this::drop);
        var fits = kept.map(this::add).orElse(true);
        return (ofOthers && !isOurs || add(new PulledImage(reference, id))) && fits;
    }

    private boolean isRecorded(String reference, LocalImage image) {
        return now.stream().anyMatch(one -> isOf(one, reference) && one.id().equals(image.id()));
    }

    /** Whether a reference of the same repository is recorded for an image: then its digest is Longshore's as well. */
    private boolean hasInRepository(String reference, String id) {
        return now.stream()
                .anyMatch(
                        image -> image.id().equals(id) && LocalImages.areOfOneRepository(image.reference(), reference));
    }

    synchronized boolean hasId(String id) {
        return now.stream().anyMatch(image -> image.id().equals(id));
    }

    private boolean add(PulledImage image) {
        if (now.contains(image)) {
            return true;
        }
        if (now.size() >= MOST) {
            return false;
        }
        dropped.remove(image);
        added.add(image);
        return now.add(image);
    }

    /** It was removed, or its reference is no longer of it. */
    synchronized void drop(PulledImage image) {
        added.remove(image);
        dropped.add(image);
        now.remove(image);
    }
}
