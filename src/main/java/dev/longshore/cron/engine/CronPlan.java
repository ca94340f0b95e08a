package dev.longshore.cron.engine;

import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.StatusFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The one next step for a schedule. */
sealed interface CronPlan {
    /**
     * A job is to be created for a scheduled time.
     *
     * @param missed how many times before it nobody created a job for, and nobody said why
     */
    record Create(Instant time, long missed) implements CronPlan {}

    /**
     * No job can be created for a scheduled time as things are.
     *
     * @param missed how many times, up to this one, have no job for that
     */
    record Skip(Instant time, Why why, long missed, String cause) implements CronPlan {
        enum Why {
            /** {@code concurrencyPolicy: Forbid}. */
            ALREADY_ACTIVE,
            TOO_MANY_ACTIVE,
            TOO_LATE,
            /** Another job has the name. */
            NAME_TAKEN,
            /** The API server does not take the job. */
            REFUSED
        }

        /** All but what is too late may have its job yet, if what is in the way goes before the next time. */
        String message() {
            var at = StatusFormat.time(time);
            return (why == Why.TOO_LATE ? "missed " : "no job created for ")
                    + (missed > 1 ? count(missed) + " up to " + at : "scheduled time " + at)
                    + ": "
                    + cause;
        }
    }

    /** So many times, in words. */
    static String count(long missed) {
        return (missed == CronPlanner.MOST_MISSED ? "at least " : "")
                + missed
                + (missed == 1 ? " scheduled time" : " scheduled times");
    }

    /** The status is to be stored. */
    record Write(ContainerCronJobStatus status) implements CronPlan {}

    /** Jobs are to be cancelled before the one that replaces them may start. */
    record Cancel(List<ContainerJob> jobs) implements CronPlan {}

    /** Jobs are those for their times, and may start. */
    record Confirm(List<ContainerJob> jobs) implements CronPlan {}

    /** Jobs are not those for their times, and have not started. */
    record Discard(List<ContainerJob> jobs) implements CronPlan {}

    /** Finished jobs are beyond what the schedule keeps. */
    record Delete(List<ContainerJob> jobs) implements CronPlan {}

    /** There is nothing to do until something changes, or this time is over. */
    record Rest(Optional<Duration> requeueAfter) implements CronPlan {}
}
