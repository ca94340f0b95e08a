package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.longshore.docker.ImagePlatform;
import dev.longshore.docker.LocalImage;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A daemon's description of one image, read field by field. Any field may be absent, null or of another kind. */
final class ImageAnswer {
    private static final int LONGEST_ID = 128;
    /** Docker takes no longer reference. */
    private static final int LONGEST_REFERENCE = 1024;

    private static final int LONGEST_PLATFORM = 64;
    /** Docker's own storage drivers that say nothing of an image; a containerd image store says nothing, either. */
    private static final Set<String> SILENT_DRIVERS = Set.of("", "btrfs", "vfs");

    private final AnswerReader reader;
    private final Set<String> tags = new LinkedHashSet<>();
    private final Set<String> digests = new LinkedHashSet<>();
    private String id = "";
    private String os = "";
    private String architecture = "";
    private String driver = "";
    private boolean isDriverSilent;

    /** @param json at the first token of the image */
    ImageAnswer(JsonParser json, AnswerBudget budget) throws IOException {
        this.reader = new AnswerReader(json, budget);
        reader.fields(this::read);
    }

    private void read(String field) throws IOException {
        switch (field) {
            case "Id" -> id = reader.text();
            case "Os" -> os = platformPart();
            case "Architecture" -> architecture = platformPart();
            case "RepoTags", "RepoDigests" -> references();
            case "GraphDriver" -> reader.fields(this::readDriver);
            default -> reader.skip();
        }
    }

    private void readDriver(String field) throws IOException {
        switch (field) {
            case "Name" -> driver = reader.text();
            case "Data" -> {
                isDriverSilent = reader.json().currentToken() == JsonToken.VALUE_NULL;
                reader.skip();
            }
            default -> reader.skip();
        }
    }

    private String platformPart() throws IOException {
        var part = reader.text();
        return part.length() <= LONGEST_PLATFORM ? part : "";
    }

    /**
     * Without those of an image that has none: the list has {@code <none>:<none>} in their place. With a containerd image store
     * the tags of an image that was pulled by its digest have that digest among them.
     */
    private void references() throws IOException {
        reader.elements(() -> {
            var reference = reader.text();
            if (!reference.isEmpty() && reference.length() <= LONGEST_REFERENCE && !reference.startsWith("<")) {
                (reference.contains("@") ? digests : tags).add(reference);
            }
        });
    }

    /** Whether it is known which image this is. */
    boolean isReadable() {
        return !id.isEmpty() && id.length() <= LONGEST_ID;
    }

    LocalImage image() {
        var platform = new ImagePlatform(os, architecture);
        var image = new LocalImage(id, List.copyOf(tags), List.copyOf(digests), platform);
        if (!image.isNamedByManifest()) {
            // Without a digest, such as one whose tag has moved, only where it is stored says what its ID is of.
            var isInContainerd = digests.isEmpty() && isDriverSilent && !SILENT_DRIVERS.contains(driver);
            return new LocalImage(id, image.tags(), image.digests(), platform, isInContainerd);
        }
        // Each repository with a tag has the digest, too: such a daemon lists that of one of them.
        tags.forEach(tag -> digests.add(repository(tag) + "@" + id));
        return new LocalImage(id, image.tags(), List.copyOf(digests), platform);
    }

    private static String repository(String tag) {
        var colon = tag.lastIndexOf(':');
        return colon > tag.lastIndexOf('/') ? tag.substring(0, colon) : tag;
    }
}
