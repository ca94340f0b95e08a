package dev.longshore.cron.engine;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.EventSink;
import dev.longshore.api.EventSink.Type;
import dev.longshore.api.StatusFormat;
import dev.longshore.cron.CronKey;

/** What is said of a schedule beside its status: Events, and a count of missed times. Each thing once. */
public final class CronReports {
    private static final String SUCCESSFUL_CREATE = "SuccessfulCreate";
    private static final String MISS_SCHEDULE = "MissSchedule";
    private static final String JOB_ALREADY_ACTIVE = "JobAlreadyActive";

    private final EventSink events;
    private final Meter meter;

    /** Counts for metrics. Called by reconciling threads. */
    public interface Meter {
        /** For so many more scheduled times no job was created, and that was not what the schedule says. */
        void missed(CronKey schedule, long times);

        /** A schedule is no longer there. */
        void forget(CronKey schedule);
    }

    public CronReports(EventSink events, Meter meter) {
        this.events = requireNonNull(events, "events is null");
        this.meter = requireNonNull(meter, "meter is null");
    }

    void created(ContainerCronJob cron, ContainerJob job, CronPlan.Create create, CronMemory memory) {
        memory.explained(create.time());
        if (create.missed() > 0) {
            meter.missed(CronKey.of(cron), create.missed());
            events.record(
                    cron,
                    Type.WARNING,
                    MISS_SCHEDULE,
                    "missed " + CronPlan.count(create.missed()) + " before " + StatusFormat.time(create.time())
                            + ": not made up for");
        }
        events.record(
                cron,
                Type.NORMAL,
                SUCCESSFUL_CREATE,
                "created ContainerJob " + job.getMetadata().getName());
    }

    void skipped(ContainerCronJob cron, CronPlan.Skip skip, CronMemory memory) {
        memory.explained(skip.time());
        if (skip.why() == CronPlan.Skip.Why.ALREADY_ACTIVE) {
            events.record(cron, Type.NORMAL, JOB_ALREADY_ACTIVE, skip.message());
        } else if (skip.missed() > 0) {
            meter.missed(CronKey.of(cron), skip.missed());
            events.record(cron, Type.WARNING, MISS_SCHEDULE, skip.message());
        }
    }

    void nameTaken(ContainerCronJob cron, ContainerJob wanted, CronPlan.Create create, CronMemory memory) {
        var why = "ContainerJob " + wanted.getMetadata().getName() + " exists and is not of this schedule; delete it";
        notCreated(cron, create, CronPlan.Skip.Why.NAME_TAKEN, why, memory);
    }

    void refused(ContainerCronJob cron, ContainerJob wanted, CronPlan.Create create, String answer, CronMemory memory) {
        var why = "failed to create ContainerJob " + wanted.getMetadata().getName() + ": " + answer;
        notCreated(cron, create, CronPlan.Skip.Why.REFUSED, why, memory);
    }

    private void notCreated(
            ContainerCronJob cron, CronPlan.Create create, CronPlan.Skip.Why why, String cause, CronMemory memory) {
        var skip = new CronPlan.Skip(create.time(), why, create.missed() + 1, cause);
        if (memory.report(skip)) {
            skipped(cron, skip, memory);
        }
    }

    void forget(CronKey schedule) {
        meter.forget(schedule);
    }
}
