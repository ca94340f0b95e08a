package dev.longshore.cron.engine;

import dev.longshore.api.ConditionList;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.StatusFormat;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.CronStore;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * An API server that keeps one schedule and its jobs. A job that may start does so at once, and runs until something ends it. Each
 * object that it hands out stays as it is.
 */
final class CronApi implements CronStore {
    /** Receives each change as it happens. */
    interface Watcher {
        /** @param cron as it is now; null if it is gone */
        default void cron(ContainerCronJob cron) {}

        default void job(ContainerJob job) {}

        default void gone(ContainerJob job) {}

        default void started(ContainerJob job) {}

        default void written(ContainerCronJob before, ContainerCronJob after) {}
    }

    final Map<String, ContainerJob> jobs = new LinkedHashMap<>();
    /** By name, how many jobs of it have started. */
    final Map<String, Integer> started = new TreeMap<>();

    /** None while it is deleted. */
    ContainerCronJob cron;
    /** Why no job can be created. */
    String refusal;

    Watcher watcher = new Watcher() {};
    private final Supplier<Instant> clock;
    private long version;
    private int uids;

    CronApi(ContainerCronJob cron, Supplier<Instant> clock) {
        this.cron = cron;
        this.clock = clock;
    }

    void edit(UnaryOperator<ContainerCronJobSpecBuilder> change) {
        var next = copy(cron);
        next.setSpec(change.apply(ContainerCronJobSpecBuilder.builder(cron.getSpec()))
                .build());
        if (!next.getSpec().equals(cron.getSpec())) {
            next.getMetadata().setGeneration(cron.getMetadata().getGeneration() + 1);
            put(next);
        }
    }

    /** @param next null: it is deleted */
    void put(ContainerCronJob next) {
        if (next != null) {
            next.getMetadata().setResourceVersion(Long.toString(++version));
        }
        cron = next;
        watcher.cron(next);
    }

    private static ContainerCronJob copy(ContainerCronJob cron) {
        var copy = new ContainerCronJob();
        copy.setMetadata(new ObjectMetaBuilder(cron.getMetadata()).build());
        copy.setSpec(cron.getSpec());
        copy.setStatus(cron.getStatus());
        return copy;
    }

    List<ContainerJob> unfinished() {
        return jobs.values().stream().filter(job -> !JobPhases.finished(job)).toList();
    }

    void finish(String name, JobPhase phase) {
        put(changed(jobs.get(name), meta -> meta, phase));
    }

    /** As a user, a history limit or a TTL does it; it stays while it has a finalizer. */
    void deleteByHand(String name) {
        var job = jobs.get(name);
        if (job != null && !job.isMarkedForDeletion()) {
            put(changed(job, meta -> meta.withDeletionTimestamp(StatusFormat.time(clock.get())), JobPhases.of(job)));
        }
    }

    private ContainerJob changed(ContainerJob job, UnaryOperator<ObjectMetaBuilder> meta, JobPhase phase) {
        var next = new ContainerJob();
        next.setMetadata(meta.apply(new ObjectMetaBuilder(job.getMetadata())).build());
        next.setSpec(job.getSpec());
        next.setStatus(
                JobPhases.of(job) == phase
                        ? job.getStatus()
                        : ContainerJobStatusBuilder.builder()
                                .phase(phase)
                                .conditions(new ConditionList(List.of(), 1L, clock.get())
                                        .add(JobPhases.FINISHED, JobPhases.finished(phase), "r", "")
                                        .toList())
                                .build());
        return next;
    }

    private void put(ContainerJob job) {
        job.getMetadata().setResourceVersion(Long.toString(++version));
        var name = job.getMetadata().getName();
        if (job.isMarkedForDeletion() && job.getMetadata().getFinalizers().isEmpty()) {
            jobs.remove(name);
            watcher.gone(job);
            return;
        }
        jobs.put(name, job);
        watcher.job(job);
        if (JobPhases.of(job) == JobPhase.PENDING
                && !job.hasFinalizer(JobStore.UNCONFIRMED)
                && JobPhases.mayStart(job)) {
            started.merge(name, 1, Integer::sum);
            put(changed(job, meta -> meta, JobPhase.RUNNING));
            watcher.started(job);
        }
    }

    @Override
    public Optional<ContainerCronJob> read(CronKey key) {
        return Optional.ofNullable(cron)
                .filter(live -> live.getMetadata().getUid().equals(key.uid()))
                .map(CronApi::copy);
    }

    @Override
    public Optional<ContainerJob> readJob(String namespace, String name) {
        return Optional.ofNullable(jobs.get(name));
    }

    @Override
    public Optional<ContainerJob> create(ContainerJob job) {
        var name = job.getMetadata().getName();
        if (refusal != null) {
            throw new Refused(refusal);
        }
        if (jobs.containsKey(name)) {
            return Optional.empty();
        }
        put(changed(
                job,
                meta -> meta.withUid("uid-" + uids++).withCreationTimestamp(StatusFormat.time(clock.get())),
                JobPhases.of(job)));
        return Optional.ofNullable(jobs.get(name));
    }

    @Override
    public ContainerCronJob writeStatus(ContainerCronJob from, ContainerCronJobStatus status) {
        if (cron == null
                || !from.getMetadata()
                        .getResourceVersion()
                        .equals(cron.getMetadata().getResourceVersion())) {
            throw new JobStore.Conflict("has changed");
        }
        var before = cron;
        var next = copy(cron);
        next.setStatus(status);
        put(next);
        watcher.written(before, next);
        return next;
    }

    @Override
    public void cancel(ContainerJob job) {
        live(job).ifPresent(live -> {
            var next = changed(live, meta -> meta, JobPhases.of(live));
            next.setSpec(
                    ContainerJobSpecBuilder.builder(live.getSpec()).cancel(true).build());
            put(next);
        });
    }

    @Override
    public void confirm(ContainerJob job) {
        live(job).ifPresent(live -> {
            if (!live.hasFinalizer(JobStore.UNCONFIRMED)) {
                throw new JobStore.Conflict("is confirmed");
            }
            put(changed(live, meta -> meta.removeFromFinalizers(JobStore.UNCONFIRMED), JobPhases.of(live)));
        });
    }

    @Override
    public void delete(ContainerJob job) {
        live(job).ifPresent(live -> {
            if (!live.getMetadata()
                    .getResourceVersion()
                    .equals(job.getMetadata().getResourceVersion())) {
                throw new JobStore.Conflict("has changed");
            }
            deleteByHand(job.getMetadata().getName());
        });
    }

    /** By its name; another one of that name is a conflict, as a precondition has it. */
    private Optional<ContainerJob> live(ContainerJob job) {
        var there = Optional.ofNullable(jobs.get(job.getMetadata().getName()));
        if (there.filter(live ->
                        !live.getMetadata().getUid().equals(job.getMetadata().getUid()))
                .isPresent()) {
            throw new JobStore.Conflict("is another");
        }
        return there;
    }
}
