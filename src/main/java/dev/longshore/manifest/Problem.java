package dev.longshore.manifest;

/**
 * A problem in a manifest, for users. Holds no value of a Secret.
 *
 * @param source the file, as named by the user
 * @param position where in it; null for the whole file
 * @param resource such as {@code ContainerJob default/nightly}; may be empty
 * @param path of the field in it, such as {@code spec.env[0].name}; may be empty
 */
public record Problem(String source, Position position, String resource, String path, String what) {
    static Problem of(String source, String what) {
        return new Problem(source, null, "", "", what);
    }

    static Problem at(String source, Position position, String what) {
        return new Problem(source, position, "", "", what);
    }

    /** Whether the problem has a line. */
    public boolean hasPosition() {
        return position != null;
    }

    /** {@code file:line:column: Kind namespace/name: field: problem}. */
    @Override
    public String toString() {
        return source + (position == null ? "" : ":" + position) + ": " + prefix(resource) + prefix(path) + what;
    }

    private static String prefix(String part) {
        return part.isEmpty() ? "" : part + ": ";
    }
}
