package dev.longshore.cron.engine;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.ActiveJob;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.CronStore;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Creates the jobs of schedules. The operator and {@code longshore run --schedules} are two front ends of it.
 *
 * <p>Threads: the front end reconciles a schedule with one thread at a time, and several schedules at once. What this process
 * remembers of a schedule is used by that thread alone.
 */
public final class CronEngine {
    /** More than any schedule takes without waiting: it may have to cancel and delete a hundred jobs. */
    private static final int AT_ONCE = 500;

    private static final Duration CONFLICT = Duration.ofMillis(200);
    private static final Duration NOT_LEADING = Duration.ofSeconds(1);
    private static final Duration REFUSED = Duration.ofSeconds(30);

    private final Supplier<Moment> clock;
    private final CronReports reports;
    private final BooleanSupplier mayCreate;
    private final Map<String, CronMemory> memories = new ConcurrentHashMap<>();

    /** @param mayCreate whether no other process can have taken over; asked before each job is created */
    public CronEngine(Supplier<Moment> clock, CronReports reports, BooleanSupplier mayCreate) {
        this.clock = requireNonNull(clock, "clock is null");
        this.reports = requireNonNull(reports, "reports is null");
        this.mayCreate = requireNonNull(mayCreate, "mayCreate is null");
    }

    /**
     * Reconciles a schedule: does what there is to do.
     *
     * @param cached its jobs, by their owner, as a cache has them
     * @return when to reconcile again at the latest; nothing: when the schedule or one of its jobs changes
     */
    public Optional<Duration> reconcile(ContainerCronJob cron, List<ContainerJob> cached, CronStore store) {
        var memory = memories.computeIfAbsent(cron.getMetadata().getUid(), uid -> new CronMemory());
        return new Reconciliation(cron, memory.with(cached), memory, store).untilAtRest();
    }

    /** A schedule is no longer there. */
    public void forget(CronKey key) {
        memories.remove(key.uid());
        reports.forget(key);
    }

    /** A job that waits to be confirmed, of a schedule that is no longer there: it goes as well, unless nobody owns it. */
    public void abandoned(ContainerJob job, CronStore store) {
        if (ScheduledJobs.owner(job).isPresent()) {
            store.delete(job);
        }
        store.confirm(job);
    }

    private final class Reconciliation {
        private final List<ContainerJob> jobs;
        private final CronMemory memory;
        private final CronStore store;
        /** The UIDs of jobs that are recorded and gone. */
        private final Set<String> absent = new HashSet<>();

        private ContainerCronJob cron;
        /** Whether it is as the API server has it. */
        private boolean live;

        private Reconciliation(ContainerCronJob cron, List<ContainerJob> jobs, CronMemory memory, CronStore store) {
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
            } else if (step instanceof CronPlan.Confirm confirm) {
                confirm(confirm.job());
            } else if (step instanceof CronPlan.Discard discard) {
                store.delete(discard.job());
                store.confirm(discard.job());
                gone(discard.job());
            } else if (step instanceof CronPlan.Delete delete) {
                store.delete(delete.job());
                gone(delete.job());
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
            create.cancel().forEach(this::cancel);
            var job = ScheduledJobs.at(cron, create.time());
            try {
                var created = store.create(job);
                if (created.isPresent()) {
                    reports.created(cron, created.get(), create, memory);
                    add(created.get());
                    return Optional.empty();
                }
            } catch (CronStore.Refused e) {
                reports.refused(cron, job, create.time(), e.getMessage(), memory);
                return Optional.of(REFUSED);
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
            } else {
                reports.nameTaken(cron, wanted, create.time(), memory);
            }
            return Optional.empty();
        }

        private void add(ContainerJob job) {
            memory.there(job, clock.get().uptime());
            jobs.removeIf(known ->
                    known.getMetadata().getName().equals(job.getMetadata().getName()));
            jobs.add(job);
        }

        private void cancel(ContainerJob job) {
            store.cancel(job);
        }

        private void confirm(ContainerJob job) {
            store.confirm(job);
            var confirmed = new ContainerJob();
            confirmed.setMetadata(new ObjectMetaBuilder(job.getMetadata())
                    .removeFromFinalizers(JobStore.UNCONFIRMED)
                    .build());
            confirmed.setSpec(job.getSpec());
            confirmed.setStatus(job.getStatus());
            jobs.set(jobs.indexOf(job), confirmed);
            memory.changed(confirmed);
        }

        private void gone(ContainerJob job) {
            jobs.remove(job);
            memory.gone(job);
        }
    }
}
