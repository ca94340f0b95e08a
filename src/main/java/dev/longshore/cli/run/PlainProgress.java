package dev.longshore.cli.run;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import dev.longshore.cli.output.JobNames;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.job.JobPhases;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** A line for each change, for files, pipes and terminals that can do no more. */
final class PlainProgress implements RunProgress {
    private final PrintWriter err;
    private final JobNames names;
    private final boolean hasEnd;
    /** What was said last of each job. */
    private final Map<String, String> said = new HashMap<>();

    /** @param hasEnd whether a host that is unreachable is spoken of at the end: perhaps it is all that there is to say */
    PlainProgress(PrintWriter err, JobNames names, boolean hasEnd) {
        this.hasEnd = hasEnd;
        this.err = err;
        this.names = names;
    }

    @Override
    public synchronized void changed(ContainerJob job) {
        var status = job.getStatus();
        var hasNoHost = status.reason() == JobReason.HOST_UNREACHABLE || status.reason() == JobReason.NO_MATCHING_HOST;
        if (hasNoHost && (hasEnd || JobPhases.connecting(job))) {
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

    /** The job is no longer there. */
    synchronized void forget(ContainerJob job) {
        said.remove(names.of(job));
    }

    @Override
    public synchronized void stopping() {
        err.println("longshore: stopping the jobs; send a second signal to exit immediately");
        err.flush();
    }

    @Override
    public void end() {}
}
