package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.EventSink;
import dev.longshore.api.JobReason;
import dev.longshore.job.JobLogFields;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line of the operator's own log for each start, retry and end of a job and for each host that comes and goes: what
 * Events forget after an hour. Why a job waits stays with its status and its Events, which may change often.
 */
record LoggedEvents(EventSink events) implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedEvents.class);
    /** A daemon's message may be long, and is in the status. */
    private static final int LONGEST = 300;

    private static final String STARTED = "Started";

    @Override
    public void record(HasMetadata regarding, Type type, String reason, String message) {
        events.record(regarding, type, reason, message);
        if (regarding instanceof ContainerJob job) {
            logged(job, reason, line(message));
        } else {
            var metadata = regarding.getMetadata();
            try (var scope =
                    new JobLogFields(Map.of("host", metadata.getNamespace() + "/" + metadata.getName())).open()) {
                LOG.info(
                        "{} {}/{} {}: {}",
                        regarding.getKind(),
                        metadata.getNamespace(),
                        metadata.getName(),
                        reason,
                        line(message));
            }
        }
    }

    private static void logged(ContainerJob job, String reason, String message) {
        var status = job.getStatus();
        try (var scope = JobLogFields.ofEvents(job).open()) {
            if (reason.equals(STARTED)) {
                LOG.info("Started: {}", message);
            } else if (JobPhases.finished(job)) {
                LOG.info("{}{}: {}", JobPhases.of(job), outcome(status), message);
            } else if (status.reason() == JobReason.RETRY_BACKOFF) {
                LOG.info("Retrying: {}", message);
            }
        }
    }

    /** Such as {@code (NonZeroExit, exit code 3)}. */
    private static String outcome(ContainerJobStatus status) {
        var message = new ArrayList<String>();
        if (status.reason() != JobReason.COMPLETED) {
            message.add(status.reason().value());
        }
        if (status.exitCode() != null) {
            message.add("exit code " + status.exitCode());
        }
        return message.isEmpty() ? "" : " (" + String.join(", ", message) + ")";
    }

    /** One line, whatever a daemon or a registry sent. */
    private static String line(String message) {
        var start = message == null ? "" : message.substring(0, Math.min(message.length(), LONGEST));
        return start.replaceAll("\\p{Cntrl}", " ") + (message != null && message.length() > LONGEST ? "…" : "");
    }
}
