package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.Moment;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Jobs that are gone though a host may still have containers of them: most jobs have no finalizer. They are cleaned up like
 * those that wait for it, and only nobody waits. What is left of them when this process ends is for the reaper of the next.
 *
 * <p>Threads: any. A job is cleaned up by one at a time, which never waits for a daemon.
 */
final class DeletedJobs {
    private final Map<String, Deleted> jobs = new ConcurrentHashMap<>();
    private final Cleanup cleanup;
    private final Supplier<Moment> clock;
    private final JobFrontEnd frontEnd;

    private record Deleted(ContainerJob last, Duration releaseAfter) {}

    /** One step of it; returns when to take the next, nothing once nothing is left. */
    interface Cleanup {
        Optional<Duration> cleanUp(ContainerJob job, Duration releaseAfter);
    }

    DeletedJobs(Cleanup cleanup, Supplier<Moment> clock, JobFrontEnd frontEnd) {
        this.cleanup = cleanup;
        this.clock = clock;
        this.frontEnd = frontEnd;
    }

    void add(ContainerJob last, Duration releaseAfter) {
        if (last.getMetadata().getDeletionTimestamp() == null) {
            last.getMetadata().setDeletionTimestamp(clock.get().time().toString());
        }
        jobs.put(last.getMetadata().getUid(), new Deleted(last, releaseAfter));
        cleanUp(JobKey.of(last));
    }

    /** Takes the next step, if that is one of them. */
    void cleanUp(JobKey key) {
        var deleted = jobs.get(key.uid());
        if (deleted == null) {
            return;
        }
        synchronized (deleted) {
            cleanup.cleanUp(deleted.last(), deleted.releaseAfter())
                    .ifPresentOrElse(
                            again -> frontEnd.later(again, () -> cleanUp(key)), () -> jobs.remove(key.uid(), deleted));
        }
    }

    boolean has(JobKey key) {
        return jobs.containsKey(key.uid());
    }

    boolean areOn(HostKey host) {
        return jobs.values().stream()
                .anyMatch(deleted ->
                        HostKey.of(deleted.last()).filter(host::equals).isPresent());
    }
}
