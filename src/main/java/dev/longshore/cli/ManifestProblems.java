package dev.longshore.cli;

import dev.longshore.cli.terminal.Terminal;
import dev.longshore.manifest.Problem;
import java.io.PrintWriter;
import java.util.List;

/** Prints problems in files the way compilers do, so that editors and CI find the place. */
final class ManifestProblems {
    private ManifestProblems() {}

    static void print(List<Problem> problems, PrintWriter err) {
        problems.forEach(problem ->
                err.println((problem.hasPosition() ? "" : "longshore: ") + Terminal.line(problem.toString())));
        err.flush();
    }
}
