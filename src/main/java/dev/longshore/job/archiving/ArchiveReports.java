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

    /** A try failed, or the log will not get to the archive. One Event is enough for all that of a log. */
    void failed(UploadTask task, String error) {
        meter.logArchiveFailed();
        if (!task.isReported()) {
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
