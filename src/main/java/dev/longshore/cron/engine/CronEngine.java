package dev.longshore.cron.engine;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.CronStore;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Creates the jobs of schedules. The operator and {@code longshore run --schedules} are two front ends of it.
 *
 * <p>Threads: the front end reconciles a schedule with one thread at a time, and several schedules at once. What this process
 * remembers of a schedule is used by that thread alone.
 */
public final class CronEngine {
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
        return new CronReconciliation(clock, reports, mayCreate, cron, memory.with(cached), memory, store)
                .untilAtRest();
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
}
