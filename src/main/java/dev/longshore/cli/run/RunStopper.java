package dev.longshore.cli.run;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.terminal.Signals;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.local.LocalRun;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C, SIGTERM and a terminal that is closed: the first cancels the jobs, after which the run ends by itself; the second
 * ends this process at once.
 */
public final class RunStopper implements AutoCloseable {
    private static final int KILLED_BY = 128;

    private final LocalRun run;
    private final RunProgress progress;
    private final PrintWriter err;
    private final Map<JobKey, String> containers;
    private final AtomicInteger first = new AtomicInteger();
    private final List<Signals> signals;

    /** @param containers those of the unfinished jobs, kept up to date */
    public RunStopper(LocalRun run, RunProgress progress, PrintWriter err, Map<JobKey, String> containers) {
        this.run = run;
        this.progress = progress;
        this.err = err;
        this.containers = containers;
        signals = List.of(
                new Signals("INT", this::received),
                new Signals("TERM", this::received),
                new Signals("HUP", this::received));
    }

    private void received(int signal) {
        if (first.compareAndSet(0, signal)) {
            progress.stopping();
            run.cancel();
            return;
        }
        progress.end();
        var left = containers.isEmpty() ? "" : ", such as " + String.join(", ", containers.values());
        err.println("longshore: exited immediately; containers may still exist" + left
                + ": check docker ps -a --filter label=longshore.dev/instance=" + run.instance());
        err.flush();
        Runtime.getRuntime().halt(KILLED_BY + signal);
    }

    /** As a shell gives it for a process that a signal ended; {@code otherwise} where none was received. */
    public int exitCode(int otherwise) {
        return first.get() == 0 ? otherwise : KILLED_BY + first.get();
    }

    /** Keeps a map of containers up to date. */
    public static void note(ContainerJob job, ConcurrentHashMap<JobKey, String> containers) {
        var status = job.getStatus();
        if (status.containerName() == null || JobPhases.finished(job)) {
            containers.remove(JobKey.of(job));
        } else {
            containers.put(JobKey.of(job), status.containerName() + " on " + HostKey.of(status.host()));
        }
    }

    @Override
    public void close() {
        signals.forEach(Signals::close);
    }
}
