package dev.longshore.simulation;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobStore;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The jobs as the API server has them: a version for each write, and a write of an old version is refused. */
final class SimulatedApi implements JobStore {
    private final Faults faults;
    private final Supplier<Instant> clock;
    private final Consumer<ContainerJob> changed;
    private final Map<String, ContainerJob> jobs = new LinkedHashMap<>();
    private long version;

    SimulatedApi(Faults faults, Supplier<Instant> clock, Consumer<ContainerJob> changed) {
        this.faults = faults;
        this.clock = clock;
        this.changed = changed;
    }

    Collection<ContainerJob> all() {
        return jobs.values();
    }

    Optional<ContainerJob> byUid(String uid) {
        return Optional.ofNullable(jobs.get(uid));
    }

    /** A job that is there. */
    ContainerJob job(String uid) {
        return byUid(uid).orElseThrow();
    }

    JobReason reason(String uid) {
        return job(uid).getStatus().reason();
    }

    JobPhase phase(String uid) {
        return job(uid).getStatus().phase();
    }

    void create(ContainerJob job) {
        put(job);
    }

    /** A user changes a job's spec. */
    void edit(String uid, Consumer<ContainerJobSpecBuilder> change) {
        var next = copy(jobs.get(uid));
        var spec = ContainerJobSpecBuilder.builder(next.getSpec());
        change.accept(spec);
        next.setSpec(spec.build());
        next.getMetadata().setGeneration(next.getMetadata().getGeneration() + 1);
        put(next);
    }

    /** A user deletes a job, which stays until its finalizer is off, if it has one. */
    void markForDeletion(String uid) {
        var next = copy(jobs.get(uid));
        if (!next.hasFinalizer(FINALIZER)) {
            remove(uid);
            return;
        }
        next.getMetadata().setDeletionTimestamp(clock.get().toString());
        put(next);
    }

    void remove(String uid) {
        var gone = jobs.remove(uid);
        if (gone != null) {
            changed.accept(gone);
        }
    }

    @Override
    public ContainerJob writeStatus(ContainerJob job, ContainerJobStatus status) {
        return write(job, next -> next.setStatus(status));
    }

    private ContainerJob write(ContainerJob job, Consumer<ContainerJob> change) {
        return faults.around("write", () -> {
            var live = jobs.get(job.getMetadata().getUid());
            if (live == null
                    || !live.getMetadata()
                            .getResourceVersion()
                            .equals(job.getMetadata().getResourceVersion())) {
                throw new Conflict("has changed");
            }
            var next = copy(live);
            change.accept(next);
            if (next.isMarkedForDeletion() && !next.hasFinalizer(FINALIZER)) {
                remove(next.getMetadata().getUid());
            } else {
                put(next);
            }
            return next;
        });
    }

    @Override
    public ContainerJob setFinalizer(ContainerJob job, boolean present) {
        return write(job, next -> next.getMetadata().setFinalizers(present ? List.of(FINALIZER) : List.of()));
    }

    @Override
    public Optional<ContainerJob> read(JobKey key) {
        return faults.around("read", () -> byUid(key.uid()));
    }

    @Override
    public void delete(ContainerJob job) {
        if (jobs.containsKey(job.getMetadata().getUid())) {
            markForDeletion(job.getMetadata().getUid());
        }
    }

    private void put(ContainerJob job) {
        job.getMetadata().setResourceVersion(Long.toString(++version));
        jobs.put(job.getMetadata().getUid(), job);
        changed.accept(job);
    }

    private static ContainerJob copy(ContainerJob job) {
        var copy = new ContainerJob();
        copy.setMetadata(new ObjectMetaBuilder(job.getMetadata()).build());
        copy.setSpec(job.getSpec());
        copy.setStatus(job.getStatus());
        return copy;
    }
}
