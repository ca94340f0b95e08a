package dev.longshore.cli.run;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.output.JobNames;
import dev.longshore.cli.terminal.ErrorTerminal;
import java.io.PrintWriter;
import java.util.Collection;

/** Shows how a run goes, on standard error. Safe for use by several threads. */
public interface RunProgress extends AutoCloseable {
    /** A job's status is another now. */
    void changed(ContainerJob job);

    /** Someone asked to stop. */
    void stopping();

    /** Shows the end, and leaves standard error to others. More than once does no harm. */
    void end();

    @Override
    default void close() {
        end();
    }

    /** What suits the place that standard error goes to. */
    static RunProgress of(Collection<ContainerJob> jobs, PrintWriter err) {
        var name = JobNames.of(jobs);
        return ErrorTerminal.find()
                .<RunProgress>map(terminal -> new LiveProgress(terminal, new RunBoard(jobs, name)))
                .orElseGet(() -> new PlainProgress(err, name, true));
    }
}
