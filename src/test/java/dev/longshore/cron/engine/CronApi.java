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
 * An API server that keeps one schedule and its jobs. A job that may start does so at once, and runs until it is told to end. Whoever
 * calls it can be killed in that.
 */
final class CronApi implements CronStore {
    /** The operator is killed before or after a call. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final Map<String, ContainerJob> jobs = new LinkedHashMap<>();
    /** By name, how many jobs of it have started. */
    final Map<String, Integer> started = new TreeMap<>();

    ContainerCronJob cron;
    /** Calls until the operator is killed; negative: it is not. */
    int killIn = -1;

    boolean killAfter;
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
        next.getMetadata().setGeneration(cron.getMetadata().getGeneration() + 1);
        put(next);
    }

    private void put(ContainerCronJob next) {
        next.getMetadata().setResourceVersion(Long.toString(++version));
        cron = next;
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
        var job = jobs.get(name);
        put(changed(job, meta -> meta, phase));
    }

    /** As a user, a history limit or a TTL does it; it stays while it has a finalizer. */
    void deleteByHand(String name) {
        var job = jobs.get(name);
        if (job != null) {
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
            return;
        }
        jobs.put(name, job);
        if (JobPhases.of(job) == JobPhase.PENDING
                && !job.hasFinalizer(JobStore.UNCONFIRMED)
                && JobPhases.mayStart(job)) {
            started.merge(name, 1, Integer::sum);
            jobs.put(name, changed(job, meta -> meta, JobPhase.RUNNING));
        }
    }

    private void call(Runnable call) {
        if (killIn == 0 && !killAfter) {
            throw new Killed();
        }
        call.run();
        if (killIn-- == 0) {
            throw new Killed();
        }
    }

    @Override
    public Optional<ContainerCronJob> read(CronKey key) {
        call(() -> {});
        return Optional.of(copy(cron));
    }

    @Override
    public Optional<ContainerJob> readJob(String namespace, String name) {
        call(() -> {});
        return Optional.ofNullable(jobs.get(name));
    }

    @Override
    public Optional<ContainerJob> create(ContainerJob job) {
        if (jobs.containsKey(job.getMetadata().getName())) {
            return Optional.empty();
        }
        call(() -> {
            job.getMetadata().setUid("uid-" + uids++);
            job.getMetadata().setCreationTimestamp(StatusFormat.time(clock.get()));
            put(job);
        });
        return Optional.of(jobs.get(job.getMetadata().getName()));
    }

    @Override
    public ContainerCronJob writeStatus(ContainerCronJob from, ContainerCronJobStatus status) {
        if (!from.getMetadata().getResourceVersion().equals(cron.getMetadata().getResourceVersion())) {
            throw new JobStore.Conflict("has changed");
        }
        call(() -> {
            var next = copy(cron);
            next.setStatus(status);
            put(next);
        });
        return cron;
    }

    @Override
    public void cancel(ContainerJob job) {
        call(() -> {
            var live = live(job);
            if (live != null) {
                var next = changed(live, meta -> meta, JobPhases.of(live));
                next.setSpec(ContainerJobSpecBuilder.builder(live.getSpec())
                        .cancel(true)
                        .build());
                put(next);
            }
        });
    }

    @Override
    public void confirm(ContainerJob job) {
        call(() -> {
            var live = live(job);
            if (live != null) {
                put(changed(live, meta -> meta.removeFromFinalizers(JobStore.UNCONFIRMED), JobPhases.of(live)));
            }
        });
    }

    @Override
    public void delete(ContainerJob job) {
        call(() -> {
            if (live(job) != null) {
                deleteByHand(job.getMetadata().getName());
            }
        });
    }

    private ContainerJob live(ContainerJob job) {
        return Optional.ofNullable(jobs.get(job.getMetadata().getName()))
                .filter(live ->
                        live.getMetadata().getUid().equals(job.getMetadata().getUid()))
                .orElse(null);
    }
}
