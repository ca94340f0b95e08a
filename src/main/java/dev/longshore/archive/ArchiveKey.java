package dev.longshore.archive;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which log: that of an attempt of a job. The UID distinguishes jobs that had the same name one after the other.
 *
 * @param attempt from 1
 */
public record ArchiveKey(String namespace, String job, String uid, int attempt) {
    /**
     * A part of a path that is the same in a file system, an object's name and a URL, and cannot lead out of a folder.
     * Names and UIDs of Kubernetes are such parts.
     */
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");

    private static final Pattern PATH = Pattern.compile("([^/]+)/([^/]+)/([^/]+)/([1-9][0-9]{0,8})\\.log\\.gz");

    public ArchiveKey {
        requirePart("namespace", namespace);
        requirePart("job", job);
        requirePart("uid", uid);
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt " + attempt + ": must be 1 or more");
        }
    }

    /**
     * The key with this path, or empty if none has it.
     *
     * @param path {@code namespace/job/uid/attempt.log.gz}
     */
    public static Optional<ArchiveKey> parse(String path) {
        var match = PATH.matcher(path);
        return match.matches() && isPart(match.group(1)) && isPart(match.group(2)) && isPart(match.group(3))
                ? Optional.of(new ArchiveKey(
                        match.group(1), match.group(2), match.group(3), Integer.parseInt(match.group(4))))
                : Optional.empty();
    }

    /**
     * Returns {@code value}.
     *
     * @param field for the message
     * @throws IllegalArgumentException if it cannot be part of a key
     */
    public static String requirePart(String field, String value) {
        if (!isPart(value)) {
            throw new IllegalArgumentException(
                    field
                            + ": must be a name of up to 253 letters, digits, '-', '_' and '.', and start with a letter or digit");
        }
        return value;
    }

    private static boolean isPart(String value) {
        return value != null && PART.matcher(value).matches();
    }

    /** Below the archive, {@code namespace/job/uid/attempt.log.gz}. */
    public String path() {
        return namespace + "/" + job + "/" + uid + "/" + fileName();
    }

    /** The last part of {@link #path()}. */
    public String fileName() {
        return attempt + ".log.gz";
    }
}
