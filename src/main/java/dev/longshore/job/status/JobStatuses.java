package dev.longshore.job.status;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobAttemptBuilder;
import dev.longshore.api.JobHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.JobUsage;
import dev.longshore.api.StatusFormat;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.LogTail;
import dev.longshore.job.Failure;
import dev.longshore.job.HostKey;
import dev.longshore.job.attempt.ContainerOutput;
import dev.longshore.job.attempt.Prepared;
import dev.longshore.job.attempt.UsageSoFar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Builds whole statuses, each from the one before. */
public final class JobStatuses {
    private static final int ATTEMPTS_KEPT = 10;

    private final ContainerJob job;
    private final Instant now;
    private final ContainerJobStatus before;

    public JobStatuses(ContainerJob job, Instant now) {
        this.job = job;
        this.now = now;
        this.before =
                job.getStatus() == null ? ContainerJobStatusBuilder.builder().build() : job.getStatus();
    }

    /** The job waits; everything else stays. */
    public ContainerJobStatus pending(JobReason reason, String message) {
        return in(JobPhase.PENDING, reason, message).build();
    }

    /** An attempt's container was created: from here on the job belongs to its host. */
    public ContainerJobStatus bound(int attempt, Prepared prepared) {
        var container = prepared.container();
        var host = prepared.host();
        var next = in(JobPhase.PENDING, JobReason.STARTING, "container " + container.name() + " created, starting");
        return withoutResult(next)
                .host(new JobHost(host.namespace(), host.name()))
                .attempt(attempt)
                .containerID(container.id())
                .containerName(container.name())
                .gpus(prepared.gpus())
                .imageID(container.imageId())
                .imageDigest(before.imageDigest() == null ? prepared.imageDigest() : before.imageDigest())
                .effective(before.effective() == null ? prepared.effective() : before.effective())
                .attempts(withAttempt(JobAttemptBuilder.builder()
                        .attempt(attempt)
                        .containerID(container.id())
                        .reason(JobReason.STARTING)
                        .build()))
                .build();
    }

    /** The container that was bound is gone, and was never started: the attempt is as if it had not begun. */
    public ContainerJobStatus unbound(JobReason reason, String message) {
        var attempts = new ArrayList<>(before.attempts());
        attempts.removeIf(one -> one.attempt().equals(before.attempt()));
        return in(JobPhase.PENDING, reason, message)
                .host(null)
                .attempt(before.attempt() == 1 ? null : Integer.valueOf(before.attempt() - 1))
                .containerID(null)
                .containerName(null)
                .gpus(null)
                .imageID(null)
                // Nothing has run yet that another host would have to repeat.
                .imageDigest(before.attempt() == 1 ? null : before.imageDigest())
                .attempts(attempts)
                .build();
    }

    public ContainerJobStatus running(ContainerSnapshot container) {
        var started = StatusFormat.time(container.startedAt());
        return in(JobPhase.RUNNING, null, "running on DockerHost " + HostKey.of(before.host()))
                .startedAt(started)
                .attempts(withAttempt(
                        currentAttempt().reason(null).startedAt(started).build()))
                .build();
    }

    /** The job ended before its next attempt began, or was started. */
    public ContainerJobStatus finished(JobResult result) {
        var attempts = before.containerID() == null
                ? before.attempts()
                : withAttempt(currentAttempt().reason(result.reason()).build());
        return in(result.phase(), result.reason(), result.message())
                .attempts(attempts)
                .build();
    }

    /** Someone else has written a status that names a container and not all that belongs to it. */
    public ContainerJobStatus broken() {
        return in(
                        JobPhase.FAILED,
                        JobReason.CONTAINER_LOST,
                        "status has a container ID, but no host, attempt or configuration: check who else writes the status"
                                + " of jobs, and submit the job again")
                .containerID(null)
                .containerName(null)
                .build();
    }

    /** An attempt failed before it had a container. */
    public ContainerJobStatus failed(int attempt, Failure failure) {
        return withoutResult(outcome(JobResult.failed(failure), attempt, failure.effective(), null))
                .attempt(attempt)
                .effective(failure.effective())
                .attempts(withAttempt(JobAttemptBuilder.builder()
                        .attempt(attempt)
                        .reason(failure.reason())
                        .build()))
                .build();
    }

    /** The attempt's container was not started, or is lost. */
    public ContainerJobStatus ended(JobResult result, UsageSoFar usage) {
        return outcome(result, before.attempt(), before.effective(), null)
                .usage(ofThisAttempt(usage))
                .attempts(withAttempt(currentAttempt().reason(result.reason()).build()))
                .build();
    }

    /** The attempt's container ended. */
    public ContainerJobStatus ended(
            JobResult result, ContainerSnapshot container, ContainerOutput output, UsageSoFar usage) {
        var logs = output.logs();
        var started = StatusFormat.time(container.startedAt());
        var ended = StatusFormat.time(container.finishedAt());
        return outcome(withLogOf(result, logs), before.attempt(), before.effective(), container.exitCode())
                .exitCode(container.exitCode())
                .oomKilled(container.oomKilled())
                .startedAt(started)
                .finishedAt(ended)
                .duration(duration(container))
                .logs(StatusSize.logs(logs.stdout(), logs.stderr(), logs.truncated()))
                .results(output.results())
                .usage(ofThisAttempt(usage))
                .attempts(withAttempt(currentAttempt()
                        .exitCode(container.exitCode())
                        .reason(result.reason())
                        .startedAt(started)
                        .finishedAt(ended)
                        .build()))
                .build();
    }

    private static JobResult withLogOf(JobResult result, LogTail logs) {
        return logs.problem() == null
                ? result
                : new JobResult(result.phase(), result.reason(), result.message() + "; " + logs.problem());
    }

    /** The end of the job, or the wait for its next attempt, to which nothing is bound yet. */
    private ContainerJobStatusBuilder outcome(
            JobResult ended, int attempt, ContainerTemplateSpec effective, Integer exitCode) {
        var result = job.getSpec().cancel() && ended.phase() == JobPhase.FAILED
                ? JobResult.canceled("cancel requested; " + ended.message())
                : ended;
        var retry = effective == null ? null : effective.retry();
        if (retry == null || !Retries.follows(retry, attempt, result, exitCode)) {
            return in(result.phase(), result.reason(), result.message());
        }
        var message = "attempt %d of %d failed: %s: %s; next attempt in %s"
                .formatted(
                        attempt,
                        retry.limit() + 1,
                        result.reason().value(),
                        result.message(),
                        StatusFormat.duration(Retries.delay(retry, attempt)));
        return in(JobPhase.PENDING, JobReason.RETRY_BACKOFF, message)
                .conditions(JobConditions.retrying(job, result.reason(), message, now))
                .containerID(null)
                .containerName(null)
                .gpus(null);
    }

    /** What the status has of a container that ended does not carry over to the next attempt. */
    private static ContainerJobStatusBuilder withoutResult(ContainerJobStatusBuilder next) {
        return next.exitCode(null)
                .oomKilled(null)
                .startedAt(null)
                .finishedAt(null)
                .duration(null)
                .logs(null)
                .results(null)
                .usage(null);
    }

    private JobUsage ofThisAttempt(UsageSoFar usage) {
        return usage != null && usage.container().equals(before.containerID()) ? usage.inStatus() : null;
    }

    /** As it was, for a newer generation of the spec. */
    public ContainerJobStatus current() {
        return in(before.phase(), before.reason(), before.message()).build();
    }

    /** The job can be stored with hardly any status. */
    ContainerJobStatus tooLarge() {
        var result = StatusSize.tooLarge();
        return withoutResult(in(result.phase(), result.reason(), result.message()))
                .effective(null)
                .build();
    }

    private ContainerJobStatusBuilder in(JobPhase phase, JobReason reason, String message) {
        var bounded = StatusSize.message(message);
        return ContainerJobStatusBuilder.builder(before)
                .phase(phase)
                .reason(reason)
                .message(bounded)
                .conditions(JobConditions.of(job, phase, reason, bounded, now))
                .observedGeneration(job.getMetadata().getGeneration());
    }

    private static String duration(ContainerSnapshot container) {
        return container.startedAt() == null || container.finishedAt() == null
                ? null
                : StatusFormat.duration(Duration.between(container.startedAt(), container.finishedAt()));
    }

    private JobAttemptBuilder currentAttempt() {
        return before.attempts().isEmpty()
                ? JobAttemptBuilder.builder().attempt(before.attempt()).containerID(before.containerID())
                : JobAttemptBuilder.builder(
                        before.attempts().get(before.attempts().size() - 1));
    }

    private List<JobAttempt> withAttempt(JobAttempt attempt) {
        var attempts = new ArrayList<>(before.attempts());
        attempts.removeIf(old -> old.attempt().equals(attempt.attempt()));
        attempts.add(attempt);
        return attempts.subList(Math.max(0, attempts.size() - ATTEMPTS_KEPT), attempts.size());
    }
}
