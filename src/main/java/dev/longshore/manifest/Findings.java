package dev.longshore.manifest;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the problems of one resource. */
final class Findings {
    private static final String NAME = "metadata.name";

    private final Document document;
    private final String resource;
    private final List<Problem> problems;
    private final Set<String> paths = new HashSet<>();
    private boolean shapeless;

    /** @param resource its kind, namespace and name */
    Findings(Document document, String resource, List<Problem> problems) {
        this.document = document;
        this.resource = resource;
        this.problems = problems;
    }

    void add(String path, String what) {
        paths.add(path);
        problems.add(new Problem(document.source(), position(path, what), resource, path, what));
    }

    /** A rule about a name is one of the whole resource: Kubernetes lets it have no path. */
    private Position position(String path, String what) {
        return document.position(path.isEmpty() && what.startsWith(NAME + " ") ? NAME : path);
    }

    /** Whether there is a problem with this very field. */
    boolean has(String path) {
        return paths.contains(path);
    }

    /** A problem with the structure of the resource, after which its rules are not evaluated. */
    void addShapeless(String path, String what) {
        shapeless = true;
        add(path, what);
    }

    boolean isShapeless() {
        return shapeless;
    }
}
