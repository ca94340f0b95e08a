package dev.longshore.local;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobStore;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The jobs of a run, in their order. Changed by the thread of the run alone, and read by those of hosts, too. */
final class LocalStore implements JobStore {
    private final Map<JobKey, ContainerJob> jobs = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Consumer<ContainerJob> progress;
    private final Changes changes;
    private volatile List<JobKey> keys;

    /** Has to do with changes before anybody knows of them. */
    interface Changes {
        /**
         * The status of a job is about to be another.
         *
         * @throws Conflict if that cannot be, for now
         */
        void changing(ContainerJob before, ContainerJob after);

        /** Whether a job goes that is to be deleted. */
        boolean deletes(ContainerJob job);

        /** Of jobs that nobody keeps: the result of each is what the run is for. */
        Changes NONE = new Changes() {
            @Override
            public void changing(ContainerJob before, ContainerJob after) {}

            @Override
            public boolean deletes(ContainerJob job) {
                return false;
            }
        };
    }

    /** @param progress receives each change of a status */
    LocalStore(Collection<ContainerJob> jobs, Changes changes, Consumer<ContainerJob> progress) {
        jobs.forEach(job -> this.jobs.put(JobKey.of(job), job));
        this.changes = changes;
        this.progress = progress;
        this.keys = List.copyOf(this.jobs.keySet());
    }

    /** From any thread. */
    List<JobKey> keys() {
        return keys;
    }

    Collection<ContainerJob> all() {
        return jobs.values();
    }

    /** A job that is new, or has changed otherwise than by its status. */
    void put(ContainerJob job) {
        if (jobs.put(JobKey.of(job), job) == null) {
            keys = List.copyOf(jobs.keySet());
        }
    }

    /** Whether it was there. */
    boolean remove(JobKey key) {
        var wasThere = jobs.remove(key) != null;
        keys = List.copyOf(jobs.keySet());
        return wasThere;
    }

    /** The job as it was stays as it was: what follows from a write is what it has changed. */
    @Override
    public ContainerJob writeStatus(ContainerJob job, ContainerJobStatus status) {
        var written = new ContainerJob();
        written.setMetadata(job.getMetadata());
        written.setSpec(job.getSpec());
        written.setStatus(status);
        var before = jobs.put(JobKey.of(job), written);
        try {
            changes.changing(job, written);
        } catch (Conflict e) {
            jobs.put(JobKey.of(job), before);
            throw e;
        }
        progress.accept(written);
        return written;
    }

    /** Nobody else could delete it. */
    @Override
    public ContainerJob setFinalizer(ContainerJob job, boolean present) {
        job.getMetadata().setFinalizers(present ? List.of(FINALIZER) : List.of());
        return job;
    }

    @Override
    public Optional<ContainerJob> read(JobKey key) {
        return Optional.ofNullable(jobs.get(key));
    }

    @Override
    public void delete(ContainerJob job) {
        if (changes.deletes(job)) {
            remove(JobKey.of(job));
        }
    }
}
