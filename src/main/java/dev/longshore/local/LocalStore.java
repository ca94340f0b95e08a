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

    /** @param progress receives each change of a status */
    LocalStore(Collection<ContainerJob> jobs, Consumer<ContainerJob> progress) {
        jobs.forEach(job -> this.jobs.put(JobKey.of(job), job));
        this.progress = progress;
    }

    List<JobKey> keys() {
        return List.copyOf(jobs.keySet());
    }

    Collection<ContainerJob> all() {
        return jobs.values();
    }

    /** The job as it was stays as it was: what follows from a write is what it has changed. */
    @Override
    public ContainerJob writeStatus(ContainerJob job, ContainerJobStatus status) {
        var written = new ContainerJob();
        written.setMetadata(job.getMetadata());
        written.setSpec(job.getSpec());
        written.setStatus(status);
        jobs.put(JobKey.of(job), written);
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

    /** Kept: its result is what the run is for. */
    @Override
    public void delete(ContainerJob job) {}
}
