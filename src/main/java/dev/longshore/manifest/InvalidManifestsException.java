package dev.longshore.manifest;

import java.util.List;
import java.util.stream.Collectors;

/** All problems of some manifests. */
public final class InvalidManifestsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidManifestsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** By file, in the order of the arguments, and by line. */
    public List<Problem> problems() {
        return problems;
    }
}
