package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.StatusFormat;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLogFields;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs that are gone though a host may still have containers of them: most jobs have no finalizer. They are cleaned up like
 * those that wait for it, and only nobody waits. What is left of them when this process ends is for the reaper of the next.
 *
 * <p>Threads: any. A job is cleaned up by one at a time, which never waits for a daemon.
 */
final class DeletedJobs {
    private static final Logger LOG = LoggerFactory.getLogger(DeletedJobs.class);

    private final Map<String, Deleted> jobs = new ConcurrentHashMap<>();
    /** Those that were cleaned up while a finalizer held them, and whose deletion is yet to be received. */
    private final Set<JobKey> cleaned = ConcurrentHashMap.newKeySet();

    private final Cleanup cleanup;
    private final Supplier<Moment> clock;
    private final JobFrontEnd frontEnd;

    private static final class Deleted {
        private final ContainerJob last;
        private final Duration releaseAfter;
        /** By uptime. */
        private final Duration since;
        /** When timers of this job end, by uptime. Guarded by this. */
        private final NavigableSet<Duration> timers = new TreeSet<>();
        /** Whether there was anything on a host. Guarded by this. */
        private boolean hadContainers;
        /** Guarded by this. */
        private boolean isReported;

        private Deleted(ContainerJob last, Duration releaseAfter, Duration since) {
            this.last = last;
            this.releaseAfter = releaseAfter;
            this.since = since;
        }

        private boolean isOverdue(Moment now) {
            return now.uptime().minus(since).compareTo(releaseAfter) >= 0;
        }
    }

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
        var key = JobKey.of(last);
        if (cleaned.remove(key)) {
            return;
        }
        var now = clock.get();
        if (last.getMetadata().getDeletionTimestamp() == null) {
            last.getMetadata().setDeletionTimestamp(now.time().toString());
        }
        jobs.putIfAbsent(key.uid(), new Deleted(last, releaseAfter, now.uptime()));
        cleanUp(key);
    }

    /**
     * A job that is being deleted was reconciled.
     *
     * @param nothingLeft whether it may go; a host that was unreachable may be back before it does
     */
    void reconciled(JobKey key, boolean nothingLeft) {
        if (nothingLeft) {
            cleaned.add(key);
        } else {
            cleaned.remove(key);
        }
    }

    /**
     * Whether that was done before, and only its finalizer is still to be taken off, or its deletion to be received. Where
     * someone else's finalizer holds it, a host that was given up may be back.
     */
    boolean isCleaned(ContainerJob job) {
        return cleaned.contains(JobKey.of(job))
                && (job.hasFinalizer(JobStore.FINALIZER)
                        || job.getMetadata().getFinalizers().isEmpty());
    }

    /** Not every deletion is received. */
    void forgetMissing() {
        cleaned.removeIf(key -> frontEnd.job(key).isEmpty());
    }

    /** Takes the next step, if that is one of them. */
    void cleanUp(JobKey key) {
        var deleted = jobs.get(key.uid());
        if (deleted == null) {
            return;
        }
        synchronized (deleted) {
            var again = cleanup.cleanUp(deleted.last, deleted.releaseAfter);
            if (again.isEmpty()) {
                jobs.remove(key.uid(), deleted);
                reportRemoved(key, deleted);
            } else {
                deleted.hadContainers = true;
                plan(key, deleted, again.get());
                report(key, deleted);
            }
        }
    }

    /**
     * Each step is planned anew by what is known then, so a timer that ends sooner is enough. Those that end later cannot be
     * taken back, and serve the steps after it: else each try to remove what a daemon never removes would leave one more.
     */
    private void plan(JobKey key, Deleted deleted, Duration wait) {
        var due = clock.get().uptime().plus(wait);
        if (deleted.timers.floor(due) != null) {
            return;
        }
        deleted.timers.add(due);
        frontEnd.later(wait, () -> {
            synchronized (deleted) {
                deleted.timers.remove(due);
            }
            cleanUp(key);
        });
    }

    /** Its program may have run, and there is no status, and perhaps no Event, that could say so. */
    private static void reportRemoved(JobKey key, Deleted deleted) {
        if (deleted.hadContainers) {
            try (var scope = JobLogFields.of(deleted.last).open()) {
                LOG.info("{} was deleted; its containers are removed", key);
            }
        }
    }

    /** It has no status any more that could say so. */
    private void report(JobKey key, Deleted deleted) {
        if (deleted.isReported || !deleted.isOverdue(clock.get())) {
            return;
        }
        deleted.isReported = true;
        try (var scope = JobLogFields.of(deleted.last).open()) {
            LOG.warn(
                    "{}: its containers on DockerHost {} were not removed within {} (--release-after): check its Docker"
                            + " daemon; retrying, and the DockerHost may now be deleted before them",
                    key,
                    HostKey.of(deleted.last).map(HostKey::toString).orElse("unknown"),
                    StatusFormat.duration(deleted.releaseAfter));
        }
    }

    boolean has(JobKey key) {
        return jobs.containsKey(key.uid());
    }

    /** Whether the host should be kept for one of them: for as long as a host that is unreachable delays a deletion. */
    boolean delay(HostKey host) {
        var now = clock.get();
        return jobs.values().stream()
                .filter(deleted -> !deleted.isOverdue(now))
                .anyMatch(
                        deleted -> HostKey.of(deleted.last).filter(host::equals).isPresent());
    }
}
