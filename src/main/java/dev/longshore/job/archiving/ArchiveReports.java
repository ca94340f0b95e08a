package dev.longshore.job.archiving;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.EventSink;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobMeter;
import dev.longshore.job.retention.LogState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events and metrics of the archive. A job has one Event that its log is late, and one that a log is lost, whatever the number of its
 * attempts: after a restart, its status says which it had. From any thread.
 */
public final class ArchiveReports {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveReports.class);
    private static final String EVENT = "LogArchiveFailed";

    private final EventSink events;
    private final JobMeter meter;
    private final JobFrontEnd frontEnd;

    /** By the UID of the job; the sets are never changed. */
    private final Map<String, Set<Trouble>> recorded = new ConcurrentHashMap<>();

    private enum Trouble {
        LATE,
        LOST;

        static Trouble of(String error) {
            return error.startsWith(LogState.RETRYING) ? LATE : LOST;
        }
    }

    public ArchiveReports(EventSink events, JobMeter meter, JobFrontEnd frontEnd) {
        this.events = events;
        this.meter = meter;
        this.frontEnd = frontEnd;
    }

    void stored(long bytes) {
        meter.logArchived(bytes);
    }

    /** A try failed, or the log will not get to the archive. */
    void failed(UploadTask task, String error) {
        if (task.isReported() && Trouble.of(error) == Trouble.LATE) {
            meter.logArchiveFailed();
            LOG.debug("{}", error);
        } else {
            failed(task.job(), error);
        }
    }

    /** @param job nothing where it is gone */
    public void failed(Optional<ContainerJob> job, String error) {
        meter.logArchiveFailed();
        LOG.warn("{}", error);
        job.ifPresent(one -> record(one, error));
    }

    private void record(ContainerJob job, String error) {
        var known = frontEnd.job(JobKey.of(job)).flatMap(ArchiveReports::error);
        known.ifPresent(stored -> isNew(job, stored));
        if (isNew(job, error)) {
            events.record(job, EventSink.Type.WARNING, EVENT, error);
        }
    }

    /** A status was stored: it may have an error that nobody has reported, or no longer have one that was. */
    public void changed(ContainerJob before, ContainerJob after) {
        error(before).ifPresent(stored -> isNew(before, stored));
        error(after).filter(error -> isNew(after, error)).ifPresent(error -> {
            events.record(after, EventSink.Type.WARNING, EVENT, error);
        });
    }

    private static Optional<String> error(ContainerJob job) {
        return Optional.ofNullable(job.getStatus())
                .flatMap(status -> Optional.ofNullable(status.logs()))
                .flatMap(logs -> Optional.ofNullable(logs.archive()))
                .flatMap(archive -> Optional.ofNullable(archive.error()));
    }

    private boolean isNew(ContainerJob job, String error) {
        var trouble = Trouble.of(error);
        var added = new boolean[1];
        recorded.compute(job.getMetadata().getUid(), (uid, before) -> {
            if (before != null && before.contains(trouble)) {
                return before;
            }
            added[0] = true;
            var next = before == null ? EnumSet.noneOf(Trouble.class) : EnumSet.copyOf(before);
            next.add(trouble);
            return next;
        });
        return added[0];
    }

    /** The job is no longer there. */
    public void forget(JobKey job) {
        recorded.remove(job.uid());
    }
}
