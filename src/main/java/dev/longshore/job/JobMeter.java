package dev.longshore.job;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import java.time.Duration;
import java.util.Optional;

/** Receives of jobs what is worth counting, each thing once. Called from any thread; every method returns at once. */
public interface JobMeter {
    JobMeter NONE = new JobMeter() {
        @Override
        public void started(Duration queued) {}

        @Override
        public void ended(Duration ran, Duration untilStored) {}

        @Override
        public void finished(JobPhase phase, JobReason reason, Optional<HostKey> host) {}
    };

    /**
     * The first attempt of a job was started.
     *
     * @param queued since it was created, or since its startAfter
     */
    void started(Duration queued);

    /**
     * A container ended, and its result is in the status.
     *
     * @param ran from its start to its end
     * @param untilStored from its end until the API server had accepted the status
     */
    void ended(Duration ran, Duration untilStored);

    /**
     * A job has ended for good.
     *
     * @param host that it was bound to, else the one that its spec names, which may not exist
     */
    void finished(JobPhase phase, JobReason reason, Optional<HostKey> host);

    /**
     * A log is in the archive.
     *
     * @param bytes of the object
     */
    default void logArchived(long bytes) {}

    /** A try to archive a log failed, or a log was lost. */
    default void logArchiveFailed() {}
}
