package dev.longshore.cli.run;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.api.StatusFormat;
import dev.longshore.cli.output.JobNames;
import dev.longshore.cli.output.NextTimes;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.job.JobPhases;
import dev.longshore.local.ScheduleReports;
import dev.longshore.manifest.Manifests;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A line for each change of a run of schedules, which has no end that a board could show. */
public final class ScheduleProgress implements RunProgress, ScheduleReports {
    private final PrintWriter err;
    private final JobNames names;
    private final PlainProgress jobs;
    /** By UID: their logs are printed. */
    private final Set<String> failed = new HashSet<>();

    public ScheduleProgress(Manifests manifests, PrintWriter err) {
        this.err = err;
        this.names = new JobNames(Stream.concat(manifests.jobs().stream(), manifests.cronJobs().stream())
                        .map(resource -> resource.getMetadata().getNamespace())
                        .distinct()
                        .count()
                > 1);
        this.jobs = new PlainProgress(err, names, false);
    }

    /** Says when each schedule is due next. */
    public void start(List<ContainerCronJob> schedules, Instant now) {
        schedules.forEach(schedule -> start(schedule, now));
    }

    private void start(ContainerCronJob schedule, Instant now) {
        if (schedule.getSpec().suspend()) {
            print(name(schedule) + ": suspended");
            return;
        }
        NextTimes.lastIfLater(schedule, now)
                .ifPresent(last -> print(name(schedule) + ": the clock is behind the last recorded time "
                        + StatusFormat.time(last) + ": nothing is due before it"));
        print(name(schedule) + ": next time: " + String.join("", NextTimes.of(schedule, now, 1)));
    }

    private String name(ContainerCronJob schedule) {
        var metadata = schedule.getMetadata();
        return Terminal.line(
                names.withNamespace() ? metadata.getNamespace() + "/" + metadata.getName() : metadata.getName());
    }

    @Override
    public void changed(ContainerJob job) {
        jobs.changed(job);
        // Once: where the log is stored may be noted later.
        if (JobPhases.of(job) == JobPhase.FAILED && failed.add(job.getMetadata().getUid())) {
            RunReport.printLog(job, names, err);
            err.flush();
        }
    }

    @Override
    public void reported(ContainerCronJob schedule, String message) {
        print(name(schedule) + ": " + Terminal.line(message));
    }

    @Override
    public void warned(String message) {
        print("longshore: " + Terminal.line(message));
    }

    @Override
    public void deleted(ContainerJob job) {
        jobs.forget(job);
        failed.remove(job.getMetadata().getUid());
    }

    private void print(String line) {
        synchronized (jobs) {
            err.println(line);
            err.flush();
        }
    }

    @Override
    public void stopping() {
        jobs.stopping();
    }

    @Override
    public void end() {}
}
