package dev.longshore.job.metrics;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobMeter;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobTraces;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.status.JobTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reports a status to the meter and the traces once it is stored. A write may take effect although its answer is lost or a
 * conflict, so each is remembered until it is answered or the job is received with that status. What an earlier process wrote is
 * not counted again: nothing is remembered of it.
 */
public final class JobMetricsRecorder {
    private static final ContainerJobStatus NOTHING =
            ContainerJobStatusBuilder.builder().build();

    private record Write(ContainerJobStatus before, ContainerJobStatus status, AttemptState state) {
        /** Whether this is it, or the same thing written a moment later. */
        boolean isOf(ContainerJobStatus observed) {
            return observed != null
                    && observed.phase() == status.phase()
                    && observed.reason() == status.reason()
                    && Objects.equals(observed.attempt(), status.attempt())
                    && Objects.equals(observed.startedAt(), status.startedAt())
                    && Objects.equals(observed.finishedAt(), status.finishedAt());
        }
    }

    private final Map<String, Write> unanswered = new ConcurrentHashMap<>();
    private final DaemonClocks clocks = new DaemonClocks();
    private final JobMeter meter;
    private final JobTraces traces;

    public JobMetricsRecorder(JobMeter meter, JobTraces traces) {
        this.meter = meter;
        this.traces = traces;
    }

    public void received(HostKey host, ContainerEvent event, Instant now) {
        clocks.received(host, event.time(), now);
    }

    /** A status is about to be stored. */
    public void writing(ContainerJob job, ContainerJobStatus status, AttemptState state) {
        var before = job.getStatus() == null ? NOTHING : job.getStatus();
        unanswered.put(job.getMetadata().getUid(), new Write(before, status, state));
    }

    /** A job is known to be stored like this. */
    public void observed(ContainerJob job, Moment now) {
        var write = unanswered.get(job.getMetadata().getUid());
        if (write != null && write.isOf(job.getStatus())) {
            unanswered.remove(job.getMetadata().getUid());
            count(job, write, now);
        }
    }

    public void forget(JobKey key) {
        unanswered.remove(key.uid());
    }

    private void count(ContainerJob job, Write write, Moment now) {
        var before = write.before();
        var status = write.status();
        if (isNew(status.startedAt(), before.startedAt()) && status.attempt() == 1) {
            meter.started(queued(job, write.state().timing().runningSince(), now));
        }
        if (isNew(status.finishedAt(), before.finishedAt()) && status.startedAt() != null) {
            var ended = Instant.parse(status.finishedAt());
            meter.ended(
                    notNegative(Duration.between(Instant.parse(status.startedAt()), ended)),
                    clocks.since(HostKey.of(status.host()), ended, now.time()));
        }
        var wasFinished = before.phase() != null && JobPhases.finished(before.phase());
        if (JobPhases.finished(status.phase()) && !wasFinished) {
            meter.finished(status.phase(), status.reason(), HostKey.of(job));
        }
        AttemptSpans.ended(job, before, status, write.state(), clocks, now).ifPresent(traces::ended);
    }

    private static boolean isNew(String time, String before) {
        return time != null && !time.equals(before);
    }

    /** @param runningSince uptime; null: it was started by another process, or is running for long already */
    private static Duration queued(ContainerJob job, Duration runningSince, Moment now) {
        var started = Optional.ofNullable(runningSince)
                .map(since -> now.time().minus(now.uptime().minus(since)))
                .orElse(now.time());
        return notNegative(Duration.between(JobTimes.due(job), started));
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
