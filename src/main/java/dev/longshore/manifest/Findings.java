package dev.longshore.manifest;

import java.util.List;

/** Collects what is wrong with one resource. */
final class Findings {
    private final Document document;
    private final String resource;
    private final List<Problem> problems;
    private boolean shapeless;

    /** @param resource its kind, namespace and name */
    Findings(Document document, String resource, List<Problem> problems) {
        this.document = document;
        this.resource = resource;
        this.problems = problems;
    }

    void add(String path, String what) {
        problems.add(new Problem(document.source(), document.position(path), resource, path, what));
    }

    /** The same, where what is there is so different from what is expected that rules over it mean nothing. */
    void addShapeless(String path, String what) {
        shapeless = true;
        add(path, what);
    }

    boolean isShapeless() {
        return shapeless;
    }
}
