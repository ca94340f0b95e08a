package dev.longshore.docker;

import java.util.regex.Pattern;

/**
 * A reference to an image, completed as Docker does it.
 *
 * @param domain the registry, such as docker.io; null for an image ID
 * @param path within the registry
 * @param tag null where there is only a digest
 * @param digest null where there is only a tag; for an image ID, the ID
 */
public record ImageReference(String domain, String path, String tag, String digest) {
    private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]{1,64}|[0-9a-f]{64}");
    private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern REFERENCE = Pattern.compile("(?:(?<domain>[^/]+)/)?(?<path>" + COMPONENT + "(?:/"
            + COMPONENT + ")*)(?::(?<tag>\\w[\\w.-]{0,127}))?"
            + "(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?");
    private static final Pattern DOMAIN =
            Pattern.compile("(?:\\[[0-9a-fA-F:]+]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::[0-9]+)?");
    private static final String DOCKER_HUB = "docker.io";
    /** Of what Docker takes none is longer, and a longer one would make the stack of a regular expression overflow. */
    private static final int LONGEST = 1024;

    /** Whether it names an image by its ID, whole or in part, not by where it comes from. */
    public static boolean isImageId(String reference) {
        return reference.length() <= LONGEST && ID.matcher(reference).matches();
    }

    /**
     * The reference in full, as Docker has to get it: it may take a short one for the beginning of an image's ID.
     *
     * @throws IllegalArgumentException if Docker would not take it for a reference
     */
    public static String complete(String reference) {
        return parse(reference).toString();
    }

    /** @throws IllegalArgumentException if Docker would not take it for a reference */
    public static ImageReference parse(String reference) {
        if (isImageId(reference)) {
            return new ImageReference(null, null, null, reference);
        }
        if (reference.length() > LONGEST) {
            throw new IllegalArgumentException("image reference of " + reference.length()
                    + " characters is too long: at most " + LONGEST + " are allowed");
        }
        var slash = reference.indexOf('/');
        var first = slash < 0 ? "" : reference.substring(0, slash);
        var qualified = isDomain(first) ? reference : DOCKER_HUB + "/" + reference;
        var match = REFERENCE.matcher(qualified);
        if (!match.matches() || !DOMAIN.matcher(match.group("domain")).matches()) {
            throw new IllegalArgumentException(
                    "invalid image reference '" + reference + "': expected registry/path/name:tag in lower case");
        }
        var domain = match.group("domain").equals("index.docker.io") ? DOCKER_HUB : match.group("domain");
        var path = match.group("path");
        if (domain.equals(DOCKER_HUB) && !path.contains("/")) {
            path = "library/" + path;
        }
        var tag = match.group("tag");
        var digest = match.group("digest");
        return new ImageReference(domain, path, tag == null && digest == null ? "latest" : tag, digest);
    }

    /** Whether the first part of a reference is a registry rather than a part of its path. */
    private static boolean isDomain(String part) {
        return part.contains(".")
                || part.contains(":")
                || part.equals("localhost")
                || part.chars().anyMatch(Character::isUpperCase);
    }

    /** Registry and path. */
    public String repository() {
        return domain + "/" + path;
    }

    @Override
    public String toString() {
        if (domain == null) {
            return digest;
        }
        return repository() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
