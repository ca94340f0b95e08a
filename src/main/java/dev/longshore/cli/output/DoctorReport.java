package dev.longshore.cli.output;

import dev.longshore.api.DockerHost;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.doctor.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was found on a daemon, the remedies after it. */
public final class DoctorReport {
    private DoctorReport() {}

    /** What the resource says of itself. */
    public static List<Finding> resource(DockerHost host) {
        var findings = new ArrayList<Finding>();
        if (!host.getSpec().active()) {
            findings.add(Finding.note("DockerHost", "cordoned (spec.active: false): no job starts"));
        }
        var conditions = host.getStatus() == null
                ? List.<Condition>of()
                : host.getStatus().conditions();
        conditions.stream()
                .filter(condition -> condition.getType().equals("Ready")
                        && !condition.getStatus().equals("True"))
                .map(condition -> Finding.warning(
                        "operator",
                        "not ready for the operator: " + condition.getReason() + ": " + condition.getMessage(),
                        "run this check on the operator's machine, if it succeeds here"))
                .forEach(findings::add);
        return findings;
    }

    public static Finding.Level worst(List<Finding> findings) {
        return findings.stream()
                .map(Finding::level)
                .max(Comparator.naturalOrder())
                .orElse(Finding.Level.OK);
    }

    /** Why a daemon cannot be used: the first error. */
    public static String failure(String title, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.level() == Finding.Level.ERROR)
                .findFirst()
                .map(error -> (error.detail().startsWith(title) ? "" : title + ": ")
                        + error.detail()
                        + (error.remedy().isEmpty() ? "" : ": " + error.remedy()))
                .orElse(title);
    }

    public static void print(String title, List<Finding> findings, PrintWriter out) {
        out.println(Terminal.line(title));
        out.println();
        new Columns<Finding>()
                .add("CHECK", Finding::check)
                .add("RESULT", finding -> finding.level().toString())
                .add("DETAIL", Finding::detail)
                .table(findings, false, false)
                .print(out);
        var remedies = findings.stream()
                .filter(finding -> !finding.remedy().isEmpty())
                .map(finding -> finding.check() + ": " + finding.remedy())
                .distinct()
                .toList();
        if (!remedies.isEmpty()) {
            out.println();
            out.println("To mend:");
            remedies.forEach(remedy -> out.println("  " + Terminal.line(remedy)));
        }
        out.flush();
    }
}
