package dev.longshore.image;

import dev.longshore.docker.LocalImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The images of a daemon as Docker keeps them without a containerd image store: a pull by tag also leaves the digest, and the last
 * tag of a repository takes the digests with it. Of a reference it is known whose it is.
 */
final class ModelDaemon {
    static final List<String> REPOSITORIES = List.of("registry.example/app", "registry.example/tool");
    static final List<String> TAGS = List.of("1", "2");

    /** What the registry has under each tag. */
    final Map<String, Integer> registry = new HashMap<>();
    /** References to images, by tag and by digest. */
    final Map<String, Integer> references = new TreeMap<>();
    /** What others than Longshore have put here. */
    final Set<String> ofOthers = new HashSet<>();

    static String id(int image) {
        return "sha256:%064x".formatted(image);
    }

    static String digest(String reference, int image) {
        return repository(reference) + "@" + id(1000 + image);
    }

    static String repository(String reference) {
        return reference
                .substring(0, reference.lastIndexOf(reference.contains("@") ? '@' : ':', reference.length()))
                .replaceAll("@sha256$", "");
    }

    private static boolean isDigest(String reference) {
        return reference.contains("@");
    }

    /** The ID that the reference has then. */
    String pull(String reference, boolean byOthers) {
        var image = isDigest(reference)
                ? Integer.parseInt(reference.substring(reference.lastIndexOf(':') + 1), 16) - 1000
                : registry.getOrDefault(reference, 0);
        put(reference, image, byOthers);
        put(digest(reference, image), image, byOthers);
        return id(image);
    }

    /** One that is there already, and of the same image, stays whose it was. */
    private void put(String reference, int image, boolean byOthers) {
        var before = references.put(reference, image);
        if (before != null && before != image) {
            letGo(repository(reference), before);
        }
        if (before == null || before != image) {
            if (byOthers) {
                ofOthers.add(reference);
            } else {
                ofOthers.remove(reference);
            }
        }
    }

    /** Someone else gives it to an image that is here. */
    void tag(String reference, int image) {
        put(reference, image, true);
    }

    /** Also by someone else, of what is theirs: with their last tag of a repository they let go of its digests. */
    void remove(String reference) {
        var image = references.remove(reference);
        var repository = repository(reference);
        if (ofOthers.remove(reference)) {
            letGo(repository, image);
        }
        if (names(image).stream().noneMatch(other -> isTagIn(repository, other))) {
            names(image).stream()
                    .filter(other -> repository(other).equals(repository))
                    .forEach(references::remove);
        }
        ofOthers.retainAll(references.keySet());
    }

    /** Whoever has no tag of an image any more, needs no digest of it either. */
    private void letGo(String repository, int image) {
        if (names(image).stream().noneMatch(name -> isTagIn(repository, name) && ofOthers.contains(name))) {
            ofOthers.removeIf(name -> image == references.getOrDefault(name, -1)
                    && repository(name).equals(repository));
        }
    }

    private List<String> names(int image) {
        return references.keySet().stream()
                .filter(reference -> references.get(reference) == image)
                .toList();
    }

    private static boolean isTagIn(String repository, String reference) {
        return !isDigest(reference) && repository(reference).equals(repository);
    }

    /** References of others, and what they are of. */
    Map<String, Integer> theirs() {
        var theirs = new TreeMap<>(references);
        theirs.keySet().retainAll(ofOthers);
        return theirs;
    }

    LocalImages images() {
        var images = new ArrayList<LocalImage>();
        for (var image : Set.copyOf(references.values())) {
            var names = names(image);
            images.add(new LocalImage(
                    id(image),
                    names.stream().filter(name -> !isDigest(name)).toList(),
                    names.stream().filter(ModelDaemon::isDigest).toList(),
                    null));
        }
        return new LocalImages(images);
    }
}
