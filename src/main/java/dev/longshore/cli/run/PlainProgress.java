package dev.longshore.cli.run;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import dev.longshore.cli.output.JobNames;
import dev.longshore.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** A line for each change, for files, pipes and terminals that can do no more. */
final class PlainProgress implements RunProgress {
    private final PrintWriter err;
    private final JobNames names;
    /** What was said last of each job. */
    private final Map<String, String> said = new HashMap<>();

    PlainProgress(PrintWriter err, JobNames names) {
        this.err = err;
        this.names = names;
    }

    /** A host that is away is spoken of at the end: perhaps it is all that there is to say. */
    @Override
    public synchronized void changed(ContainerJob job) {
        var status = job.getStatus();
        if (status.reason() == JobReason.HOST_UNREACHABLE || status.reason() == JobReason.NO_MATCHING_HOST) {
            return;
        }
        var phase = status.phase().toString();
        var reason = status.reason() == null || status.reason().value().equals(phase)
                ? ""
                : " (" + status.reason().value() + ")";
        var name = names.of(job);
        if (!(phase + reason + status.attempt()).equals(said.put(name, phase + reason + status.attempt()))) {
            err.println(name + ": " + phase + reason + ", " + Terminal.line(status.message()));
            err.flush();
        }
    }

    @Override
    public synchronized void stopping() {
        err.println("longshore: stopping the jobs; send a second signal to exit immediately");
        err.flush();
    }

    @Override
    public void end() {}
}
