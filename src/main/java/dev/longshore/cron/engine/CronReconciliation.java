package dev.longshore.cron.engine;

import dev.longshore.api.ActiveJob;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpec;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.CronStore;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One reconciliation of a schedule: plans one step, takes it, and plans again until there is nothing to do but wait. Used by one
 * thread.
 */
final class CronReconciliation {
    /** More than any schedule takes without waiting: it may have to cancel and delete a hundred jobs. */
    private static final int AT_ONCE = 500;

    private static final Duration CONFLICT = Duration.ofMillis(200);
    private static final Duration NOT_LEADING = Duration.ofSeconds(1);
    private static final Duration REFUSED = Duration.ofSeconds(30);

    private final Supplier<Moment> clock;
    private final CronReports reports;
    private final BooleanSupplier mayCreate;
    private final List<ContainerJob> jobs;
    private final CronMemory memory;
    private final CronStore store;
    /** The UIDs of jobs that are recorded and gone. */
    private final Set<String> absent = new HashSet<>();

    private ContainerCronJob cron;
    /** Whether it is as the API server has it. */
    private boolean live;

    CronReconciliation(
            Supplier<Moment> clock,
            CronReports reports,
            BooleanSupplier mayCreate,
            ContainerCronJob cron,
            List<ContainerJob> jobs,
            CronMemory memory,
            CronStore store) {
        this.clock = clock;
        this.reports = reports;
        this.mayCreate = mayCreate;
        this.cron = cron;
        this.jobs = new ArrayList<>(jobs);
        this.memory = memory;
        this.store = store;
    }

    Optional<Duration> untilAtRest() {
        try {
            memory.overdue(clock.get().uptime()).forEach(this::readAgain);
            for (var steps = 0; steps < AT_ONCE; steps++) {
                readActive();
                var plan = CronPlanner.plan(cron, jobs, memory, clock.get());
                if (plan instanceof CronPlan.Rest rest) {
                    return memory.hasUnseen() ? sooner(rest.requeueAfter()) : rest.requeueAfter();
                }
                var again = take(plan);
                if (again.isPresent()) {
                    return again;
                }
            }
        } catch (JobStore.Conflict e) {
            // Of a write of ours, no event has it reconciled.
        }
        return Optional.of(CONFLICT);
    }

    private Optional<Duration> sooner(Optional<Duration> again) {
        return again.filter(wait -> wait.compareTo(CronMemory.OBSERVED_WITHIN) < 0)
                .or(() -> Optional.of(CronMemory.OBSERVED_WITHIN));
    }

    private void readAgain(ContainerJob job) {
        gone(job);
        readKnown(job.getMetadata().getName(), job.getMetadata().getUid());
    }

    /** What is recorded is there, unless the API server says that it is not: the cache may be behind what another process did. */
    private void readActive() {
        var known = jobs.stream().map(job -> job.getMetadata().getUid()).collect(Collectors.toSet());
        var status = cron.getStatus();
        for (var active : status == null ? List.<ActiveJob>of() : status.active()) {
            if (!known.contains(active.uid()) && !absent.contains(active.uid())) {
                readKnown(active.name(), active.uid());
            }
        }
    }

    private void readKnown(String name, String uid) {
        store.readJob(cron.getMetadata().getNamespace(), name)
                .filter(job -> job.getMetadata().getUid().equals(uid) && ScheduledJobs.isOf(job, cron))
                .ifPresentOrElse(this::add, () -> absent.add(uid));
    }

    /** When to reconcile again, if nothing else is to be done now. */
    private Optional<Duration> take(CronPlan step) {
        if (step instanceof CronPlan.Create create) {
            return create(create);
        }
        if (step instanceof CronPlan.Skip skip) {
            reports.skipped(cron, skip, memory);
        } else if (step instanceof CronPlan.Write write) {
            cron = store.writeStatus(cron, write.status());
        } else if (step instanceof CronPlan.Cancel cancel) {
            cancel.jobs().forEach(this::cancel);
        } else if (step instanceof CronPlan.Confirm confirm) {
            confirm.jobs().forEach(this::confirm);
        } else if (step instanceof CronPlan.Discard discard) {
            discard.jobs().forEach(this::discard);
        } else if (step instanceof CronPlan.Delete delete) {
            delete.jobs().forEach(this::delete);
        }
        return Optional.empty();
    }

    private Optional<Duration> create(CronPlan.Create create) {
        if (!mayCreate.getAsBoolean()) {
            return Optional.of(NOT_LEADING);
        }
        if (!live) {
            return readLive();
        }
        var job = ScheduledJobs.at(cron, create.time());
        try {
            var created = store.create(job);
            if (created.isPresent()) {
                reports.created(cron, created.get(), create, memory);
                add(created.get());
                // Of many schedules that are due together, all have their jobs before the first is recorded.
                return Optional.of(Duration.ZERO);
            }
        } catch (CronStore.Refused e) {
            reports.refused(cron, job, create, e.getMessage(), memory);
            return tryLater(create);
        }
        return adopt(job, create);
    }

    /** Which time is due is decided once more, by what is stored. */
    private Optional<Duration> readLive() {
        var read = store.read(CronKey.of(cron));
        if (read.isEmpty()) {
            return Optional.of(CONFLICT);
        }
        cron = read.get();
        live = true;
        return Optional.empty();
    }

    /** The name is taken: by the job that was created for this time, or by another's. */
    private Optional<Duration> adopt(ContainerJob wanted, CronPlan.Create create) {
        var metadata = wanted.getMetadata();
        var there = store.readJob(metadata.getNamespace(), metadata.getName());
        if (there.isEmpty()) {
            return Optional.of(CONFLICT);
        }
        if (ScheduledJobs.isOf(there.get(), cron)) {
            add(there.get());
            return Optional.empty();
        }
        reports.nameTaken(cron, wanted, create, memory);
        return tryLater(create);
    }

    private Optional<Duration> tryLater(CronPlan.Create create) {
        memory.refused(create.time(), clock.get().uptime().plus(REFUSED));
        return Optional.empty();
    }

    private void add(ContainerJob job) {
        memory.there(job, clock.get().uptime());
        jobs.removeIf(
                known -> known.getMetadata().getName().equals(job.getMetadata().getName()));
        jobs.add(job);
    }

    private void cancel(ContainerJob job) {
        store.cancel(job);
        changed(
                job,
                job.getMetadata(),
                ContainerJobSpecBuilder.builder(job.getSpec()).cancel(true).build());
    }

    private void confirm(ContainerJob job) {
        store.confirm(job);
        var metadata = new ObjectMetaBuilder(job.getMetadata())
                .removeFromFinalizers(JobStore.UNCONFIRMED)
                .build();
        changed(job, metadata, job.getSpec());
    }

    private void changed(ContainerJob job, ObjectMeta metadata, ContainerJobSpec spec) {
        var changed = new ContainerJob();
        changed.setMetadata(metadata);
        changed.setSpec(spec);
        changed.setStatus(job.getStatus());
        jobs.set(jobs.indexOf(job), changed);
        memory.changed(changed);
    }

    private void discard(ContainerJob job) {
        store.delete(job);
        store.confirm(job);
        gone(job);
    }

    private void delete(ContainerJob job) {
        store.delete(job);
        gone(job);
    }

    private void gone(ContainerJob job) {
        jobs.remove(job);
        memory.gone(job);
    }
}
