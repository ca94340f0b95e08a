package dev.longshore.job.retention;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import java.time.Duration;

/**
 * A container that has ended, its result is stored, and it is not to be removed yet.
 *
 * @param keptUntil by this process's clock
 * @param reported whether the job's status has what became of the log, as far as it has room for it
 * @param gone whether the container is no longer there
 */
public record RetainedContainer(
        JobKey job,
        HostKey host,
        ContainerSnapshot container,
        LogState log,
        Duration keptUntil,
        boolean reported,
        boolean gone) {
    public int attempt() {
        return JobLabels.attemptOf(container.labels());
    }

    public boolean isOwed() {
        return log instanceof LogState.Owed;
    }

    /** Whether it must stay. */
    boolean isHeld(Duration now) {
        return isOwed() || !reported || keptUntil.compareTo(now) > 0;
    }

    RetainedContainer with(LogState next) {
        return new RetainedContainer(job, host, container, next, keptUntil, next instanceof LogState.NotOwed, gone);
    }

    RetainedContainer withReported() {
        return new RetainedContainer(job, host, container, log, keptUntil, true, gone);
    }

    RetainedContainer withGone() {
        return new RetainedContainer(job, host, container, log, keptUntil, reported, true);
    }
}
