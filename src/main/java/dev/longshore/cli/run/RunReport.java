package dev.longshore.cli.run;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.cli.output.JobNames;
import dev.longshore.cli.output.JobPrinter;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.job.JobPhases;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Stream;

/** What is said once a run is over: for people what went wrong, and for all the jobs with their status. */
public final class RunReport {
    private final Collection<ContainerJob> jobs;
    private final JobNames names;

    public RunReport(Collection<ContainerJob> jobs) {
        this.jobs = jobs;
        this.names = JobNames.of(jobs);
    }

    public void print(PrintWriter err, PrintWriter out, JobPrinter.Format format) {
        jobs.stream().filter(job -> JobPhases.of(job) == JobPhase.FAILED).forEach(job -> printLog(job, names, err));
        jobs.stream().filter(job -> !JobPhases.finished(job)).forEach(job -> printMessage(job, err));
        err.flush();
        JobPrinter.print(jobs, format, out);
        out.flush();
    }

    /** Nothing where it has none. */
    static void printLog(ContainerJob job, JobNames names, PrintWriter err) {
        var logs = job.getStatus().logs();
        if (logs == null) {
            return;
        }
        var texts = Stream.of(logs.stdout(), logs.stderr())
                .filter(Objects::nonNull)
                .map(Terminal::clean)
                .filter(text -> !text.isEmpty())
                .toList();
        if (!texts.isEmpty()) {
            err.println("--- log of " + names.of(job) + " ---");
            texts.forEach(err::println);
        }
    }

    private void printMessage(ContainerJob job, PrintWriter err) {
        err.println("longshore: " + names.of(job) + " did not finish: "
                + Terminal.line(job.getStatus().message()));
    }
}
