package dev.longshore.job.engine;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.EventSink;
import dev.longshore.api.JobReason;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobPhases;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** The Kubernetes Events that go with a status that was stored. */
final class JobEvents {
    /** Waiting for these is as it should be: no one has to do anything. */
    private static final Set<JobReason> ORDINARY = EnumSet.of(
            JobReason.WAITING_FOR_SLOT,
            JobReason.INSUFFICIENT_CAPACITY,
            JobReason.SUSPENDED,
            JobReason.SCHEDULED,
            JobReason.PULLING_IMAGE,
            JobReason.STARTING,
            JobReason.RETRY_BACKOFF);

    private static final ContainerJobStatus NOTHING =
            ContainerJobStatusBuilder.builder().build();

    private final EventSink sink;

    JobEvents(EventSink sink) {
        this.sink = sink;
    }

    /** Of the container that an attempt now has. */
    void warned(ContainerJob job, String warning) {
        sink.record(job, EventSink.Type.WARNING, "PlatformMismatch", warning);
    }

    void changed(ContainerJob before, ContainerJob after) {
        var status = after.getStatus();
        var reason = status.reason();
        var old = before.getStatus() == null ? NOTHING : before.getStatus();
        if (JobPhases.connecting(status)) {
            return;
        }
        if (old.phase() == status.phase()
                && old.reason() == reason
                && !JobPhases.connecting(old)
                && Objects.equals(old.attempt(), status.attempt())) {
            return;
        }
        if (status.startedAt() != null && !status.startedAt().equals(old.startedAt())) {
            sink.record(
                    after,
                    EventSink.Type.NORMAL,
                    "Started",
                    "container " + requireNonNullElse(status.containerName(), old.containerName())
                            + " started on DockerHost " + HostKey.of(status.host()));
        }
        switch (status.phase()) {
            case PENDING -> {
                if (reason == JobReason.RETRY_BACKOFF) {
                    sink.record(after, EventSink.Type.NORMAL, "Retrying", status.message());
                } else if (!ORDINARY.contains(reason)) {
                    sink.record(after, EventSink.Type.WARNING, reason.value(), status.message());
                }
            }
            case RUNNING -> {}
            case COMPLETED -> sink.record(after, EventSink.Type.NORMAL, "Completed", status.message());
            case CANCELLED -> sink.record(after, EventSink.Type.NORMAL, "Cancelled", status.message());
            case FAILED -> sink.record(after, EventSink.Type.WARNING, reason.value(), status.message());
        }
    }
}
