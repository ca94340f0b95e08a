package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import java.util.Optional;

/** Where jobs are kept. */
public interface JobStore {
    /** On a job of which a host has something that its deletion has to wait for. */
    String FINALIZER = "longshore.dev/container";

    /**
     * Finalizer of a job that was created for a scheduled time, and is not to start before its schedule has stored that it is the
     * one for this time. Nor may it go before: nobody would know that the time is done.
     */
    String UNCONFIRMED = "longshore.dev/scheduled";

    /**
     * Replaces the status of a job, provided that the job is still as it was when it was read.
     *
     * @return the job as it is now
     * @throws Conflict if it was changed or deleted meanwhile
     * @throws TooLarge if the job with this status is larger than what can be stored
     */
    ContainerJob writeStatus(ContainerJob job, ContainerJobStatus status);

    /**
     * Puts the finalizer {@link #FINALIZER} on a job, or takes it off, provided that the job is still as it was when it was read.
     *
     * @return the job as it is now
     * @throws Conflict if it was changed or deleted meanwhile
     */
    ContainerJob setFinalizer(ContainerJob job, boolean present);

    /** The job as it is now, not as a cache has it. */
    Optional<ContainerJob> read(JobKey key);

    /**
     * Deletes a finished job, provided that it is still as it was when it was read. One that is gone is no error.
     *
     * @throws Conflict if it was changed meanwhile
     */
    void delete(ContainerJob job);

    /** The status cannot be stored, now or later. */
    final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public TooLarge(String message) {
            super(message, null, false, false);
        }
    }

    /** The job is not what the writer took it for: reconcile again. */
    final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Conflict(String message) {
            super(message, null, false, false);
        }
    }
}
