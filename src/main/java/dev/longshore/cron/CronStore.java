package dev.longshore.cron;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.ContainerJob;
import dev.longshore.job.JobStore;
import java.util.Optional;

/** Where schedules and their jobs are kept. What is gone by now is no error where it is to be changed or deleted. */
public interface CronStore {
    /** A schedule as it is now, with its template; not as a cache has it. */
    Optional<ContainerCronJob> read(CronKey key);

    /** A job as it is now, whoever's it is. */
    Optional<ContainerJob> readJob(String namespace, String name);

    /**
     * Creates a job.
     *
     * @return the job as it is now; nothing if another one has its name
     * @throws Refused if the API server does not take it, now or in a while
     */
    Optional<ContainerJob> create(ContainerJob job);

    /**
     * Replaces the status of a schedule, provided that the schedule is still as it was when it was read.
     *
     * @return the schedule as it is now
     * @throws JobStore.Conflict if it was changed or deleted meanwhile
     */
    ContainerCronJob writeStatus(ContainerCronJob cron, ContainerCronJobStatus status);

    /** Has a job canceled. */
    void cancel(ContainerJob job);

    /**
     * Takes {@link JobStore#UNCONFIRMED} off a job, so that it may start.
     *
     * @throws JobStore.Conflict if it was changed meanwhile
     */
    void confirm(ContainerJob job);

    /** Deletes a job. */
    void delete(ContainerJob job);

    /** The API server does not take a job, and says why. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message, null, false, false);
        }
    }
}
