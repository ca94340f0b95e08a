package dev.longshore.archive;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which archive, as in {@code --log-archive}.
 *
 * @param uri {@code file:///dir} or {@code s3://bucket/prefix}, without a slash at its end
 * @param endpoint of an S3 store that is not AWS's
 * @param region of the bucket
 */
public record ArchiveOptions(URI uri, Optional<URI> endpoint, Optional<String> region) {
    private static final String OPTION = "--log-archive";
    private static final String FORMS = ": must be file:///dir or s3://bucket/prefix";
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
    /** Characters that need no escape in an object's name, a path and a URL. */
    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._=+@!~()'-]+)*");

    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,63}");

    /** @throws IllegalArgumentException with one line for users, if any of them is wrong */
    public ArchiveOptions {
        requirePlain(OPTION, uri);
        uri = withoutSlash(uri);
        var scheme = uri.getScheme() == null ? "" : uri.getScheme();
        switch (scheme) {
            case "file" -> requireFolder(uri);
            case "s3" -> requireBucket(uri);
            default -> throw new IllegalArgumentException(OPTION + " " + uri + FORMS);
        }
        endpoint.ifPresent(ArchiveOptions::requireEndpoint);
        region.filter(value -> !REGION.matcher(value).matches()).ifPresent(value -> {
            throw new IllegalArgumentException(OPTION + "-region " + value + ": must be a region like us-east-1");
        });
        if (scheme.equals("file") && (endpoint.isPresent() || region.isPresent())) {
            throw new IllegalArgumentException(OPTION + " " + uri + ": " + OPTION + "-"
                    + (endpoint.isPresent() ? "endpoint" : "region") + " is for s3:// only");
        }
    }

    /**
     * From what a user wrote.
     *
     * @param endpoint or null
     * @param region or null
     * @throws IllegalArgumentException with one line for users
     */
    public static ArchiveOptions of(String uri, String endpoint, String region) {
        return new ArchiveOptions(
                parse(OPTION, uri),
                Optional.ofNullable(endpoint).map(value -> parse(OPTION + "-endpoint", value)),
                Optional.ofNullable(region));
    }

    /** Whether it is a bucket, not a folder. */
    public boolean isS3() {
        return uri.getScheme().equals("s3");
    }

    /** The name of the bucket of an s3 URI. */
    public String bucket() {
        return uri.getRawAuthority();
    }

    /** What the names of all objects of an s3 URI begin with, such as {@code prefix/}; empty without a prefix. */
    public String prefix() {
        var path = uri.getRawPath();
        return path.isEmpty() ? "" : path.substring(1) + "/";
    }

    private static URI parse(String option, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // Not the text: it may have a password in it.
            throw new IllegalArgumentException(
                    option + ": is not a URI" + (option.equals(OPTION) ? FORMS : ": " + e.getReason()), e);
        }
    }

    private static URI withoutSlash(URI uri) {
        var path = uri.getRawPath() == null ? "" : uri.getRawPath();
        var isRoot = path.equals("/") && authority(uri).isEmpty();
        return path.endsWith("/") && !isRoot
                ? withoutSlash(
                        URI.create(uri.toString().substring(0, uri.toString().length() - 1)))
                : uri;
    }

    private static void requirePlain(String option, URI uri) {
        if (uri.getRawUserInfo() != null || authority(uri).contains("@")) {
            throw new IllegalArgumentException(option + ": must not have a user or password in it");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(option + ": must not have '?' or '#' in it");
        }
    }

    private static String authority(URI uri) {
        return uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    }

    private static void requireFolder(URI uri) {
        var path = uri.getPath();
        if (path == null || !authority(uri).isEmpty()) {
            throw new IllegalArgumentException(
                    OPTION + " " + uri + ": must be the absolute path of a folder, as file:///dir");
        }
        if (path.indexOf('\0') >= 0 || !Path.of(path).normalize().equals(Path.of(path))) {
            throw new IllegalArgumentException(OPTION + " " + uri + ": must not have '.' or '..' in its path");
        }
        if (path.isEmpty() || path.equals("/")) {
            throw new IllegalArgumentException(OPTION + " " + uri + ": must not be the root folder");
        }
    }

    private static void requireBucket(URI uri) {
        var path = uri.getRawPath();
        if (path == null || authority(uri).isEmpty()) {
            throw new IllegalArgumentException(OPTION + " " + uri + ": no bucket" + FORMS);
        }
        if (!BUCKET.matcher(authority(uri)).matches()) {
            throw new IllegalArgumentException(OPTION + " " + uri + ": is not the name of a bucket" + FORMS);
        }
        var isClimbing = (path + "/").contains("/./") || (path + "/").contains("/../");
        if (isClimbing || !PREFIX.matcher(path).matches()) {
            throw new IllegalArgumentException(OPTION + " " + uri + ": the prefix may have letters, digits and"
                    + " ._=+@!~()'- between single slashes, no '.' or '..'");
        }
    }

    private static void requireEndpoint(URI endpoint) {
        var option = OPTION + "-endpoint";
        requirePlain(option, endpoint);
        if (endpoint.getHost() == null
                || !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
            throw new IllegalArgumentException(
                    option + " " + endpoint + ": must be a URL like https://minio.example.com:9000");
        }
    }
}
