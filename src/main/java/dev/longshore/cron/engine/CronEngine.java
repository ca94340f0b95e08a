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
    /** By namespace and name: one that is replaced may never be reported as gone. */
    private final Map<String, Known> memories = new ConcurrentHashMap<>();

    private record Known(String uid, CronMemory memory) {}

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
        var memory = memory(CronKey.of(cron));
        return new CronReconciliation(clock, reports, mayCreate, cron, memory.with(cached), memory, store)
                .untilAtRest();
    }

    private CronMemory memory(CronKey key) {
        return memories.compute(
                        key.toString(),
                        (name, known) -> known != null && known.uid().equals(key.uid())
                                ? known
                                : new Known(key.uid(), new CronMemory()))
                .memory();
    }

    /** A schedule is no longer there. */
    public void forget(CronKey key) {
        memories.computeIfPresent(key.toString(), (name, known) -> known.uid().equals(key.uid()) ? null : known);
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
