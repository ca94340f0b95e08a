package dev.longshore.job.archiving;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.EventSink;
import dev.longshore.job.JobMeter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events and metrics of the archive. From any thread. */
record ArchiveReports(EventSink events, JobMeter meter) {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveReports.class);
    private static final String EVENT = "LogArchiveFailed";

    void stored(long bytes) {
        meter.logArchived(bytes);
    }

    /** A log will not get to the archive. One Event is enough for the failures of a log and its loss. */
    void lost(UploadTask task, String error) {
        failed(task, error, task.failures() == 0);
    }

    /** A try failed, and there will be another. */
    void failed(UploadTask task, String error) {
        failed(task, error, task.failures() == 1);
    }

    private void failed(UploadTask task, String error, boolean isFirst) {
        meter.logArchiveFailed();
        if (isFirst) {
            LOG.warn("{}", error);
            task.job().ifPresent(job -> events.record(job, EventSink.Type.WARNING, EVENT, error));
        } else {
            LOG.debug("{}", error);
        }
    }

    /** The job is being deleted. */
    void lost(ContainerJob job, String why) {
        meter.logArchiveFailed();
        events.record(job, EventSink.Type.WARNING, EVENT, "log lost: " + why);
    }
}
