package dev.longshore.job.metrics;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.EndedAttempt;
import dev.longshore.job.EndedAttempt.Span;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.status.JobTimes;
import dev.longshore.job.status.Retries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes the spans of an attempt, from its status and from what this process has observed of it. */
final class AttemptSpans {
    private final ContainerJob job;
    private final ContainerJobStatus status;
    private final AttemptState state;
    private final DaemonClocks clocks;
    private final Moment now;
    private final JobAttempt attempt;

    private AttemptSpans(
            ContainerJob job, ContainerJobStatus status, AttemptState state, DaemonClocks clocks, Moment now) {
        this.job = job;
        this.status = status;
        this.state = state;
        this.clocks = clocks;
        this.now = now;
        this.attempt = last(status);
    }

    /** The attempt that ended with this status; nothing if none did. */
    static Optional<EndedAttempt> ended(
            ContainerJob job,
            ContainerJobStatus before,
            ContainerJobStatus status,
            AttemptState state,
            DaemonClocks clocks,
            Moment now) {
        var over = JobPhases.finished(status.phase()) || status.reason() == JobReason.RETRY_BACKOFF;
        return over && !status.attempts().isEmpty() && !status.attempts().equals(before.attempts())
                ? Optional.of(new AttemptSpans(job, status, state, clocks, now).ended())
                : Optional.empty();
    }

    private EndedAttempt ended() {
        var template = job.getSpec().templateRef();
        return new EndedAttempt(
                JobKey.of(job),
                template == null ? null : template.name(),
                status.effective() == null ? null : status.effective().image(),
                attempt.attempt(),
                HostKey.of(job).orElse(null),
                status.reason() == JobReason.RETRY_BACKOFF ? JobPhase.FAILED : status.phase(),
                attempt.reason(),
                attempt.containerID(),
                attempt.exitCode(),
                now.time(),
                inOrder());
    }

    private List<Span> inOrder() {
        var started = ours(attempt.startedAt());
        var ended = ours(attempt.finishedAt());
        var spans = new ArrayList<Span>();
        var queuedUntil = Optional.ofNullable(state.timing().slotSince())
                .or(() -> started)
                .orElse(now.time());
        due().ifPresent(due -> spans.add(new Span(EndedAttempt.QUEUE, due, queuedUntil)));
        spans.addAll(state.creation().spans());
        // A container that is lost was believed to run until now.
        started.ifPresent(from -> spans.add(new Span(EndedAttempt.RUN, from, ended.orElse(now.time()))));
        ended.ifPresent(end -> spans.add(new Span(EndedAttempt.RECORD, end, now.time())));
        return withoutOverlap(spans);
    }

    /** Clocks that differ must not show a container running before its creation. */
    private List<Span> withoutOverlap(List<Span> spans) {
        var fitted = new ArrayList<Span>();
        var earliest = Instant.MIN;
        for (var span : spans) {
            if (span.name().equals(EndedAttempt.RUN) && !fitted.isEmpty()) {
                earliest = later(earliest, fitted.get(0).until());
            }
            var from = earlier(later(span.from(), earliest), now.time());
            var until = earlier(later(span.until(), from), now.time());
            fitted.add(new Span(span.name(), from, until));
            // The container may have been created while the job was waiting for its slot.
            earliest = span.name().equals(EndedAttempt.QUEUE) ? from : until;
        }
        return fitted;
    }

    /** From when on nothing but its turn was missing: for the first attempt its creation or startAfter. */
    private Optional<Instant> due() {
        if (attempt.attempt() == 1) {
            return Optional.of(JobTimes.due(job));
        }
        if (state.timing().backoffUntil() != null) {
            return Optional.of(
                    now.time().minus(now.uptime().minus(state.timing().backoffUntil())));
        }
        // The one before failed under another process.
        var retry = status.effective().retry();
        var failed = attempt.attempt() - 1;
        return status.attempts().stream()
                .filter(earlier -> earlier.attempt() == failed)
                .findFirst()
                .flatMap(earlier -> ours(earlier.finishedAt()))
                .map(end -> end.plus(Retries.delay(retry, failed)));
    }

    private Optional<Instant> ours(String daemonTime) {
        return Optional.ofNullable(daemonTime)
                .map(time ->
                        now.time().minus(clocks.since(HostKey.of(status.host()), Instant.parse(time), now.time())));
    }

    private static JobAttempt last(ContainerJobStatus status) {
        return status.attempts().get(status.attempts().size() - 1);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
