package dev.longshore.job.archiving;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.StatusFormat;
import dev.longshore.archive.ArchiveException;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Redactor;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.job.ClusterView;
import dev.longshore.job.Hosts;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobLogFields;
import dev.longshore.job.Moment;
import dev.longshore.job.operation.Failures;
import dev.longshore.job.operation.Redactors;
import dev.longshore.job.retention.LogState;
import dev.longshore.job.retention.RetainedContainer;
import dev.longshore.job.retention.RetainedContainers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the logs of containers that have ended to the archive, behind the results: nothing else waits for that but the removal
 * of the container. What fails is tried again for a while; the container itself keeps the log meanwhile.
 *
 * <p>Threads: entered by whoever reconciles; an upload is on the threads of {@link ArchiveAccess} and of its host, and what became
 * of it goes into {@link RetainedContainers} before the job is enqueued.
 */
public final class LogArchiving {
    private static final Logger LOG = LoggerFactory.getLogger(LogArchiving.class);

    private final ArchiveAccess access;
    private final ClusterView cluster;
    private final Hosts hosts;
    private final JobFrontEnd frontEnd;
    private final Supplier<Moment> clock;
    private final ArchiveReports reports;
    private final Redactors redactors;
    private final RetainedContainers retained;
    private final UploadTurns<UploadTask> turns;
    private final AtomicBoolean sweeps = new AtomicBoolean();

    public LogArchiving(
            ArchiveAccess access,
            ClusterView cluster,
            Hosts hosts,
            JobFrontEnd frontEnd,
            Supplier<Moment> clock,
            ArchiveReports reports,
            Redactors redactors,
            RetainedContainers retained) {
        this.access = access;
        this.cluster = cluster;
        this.hosts = hosts;
        this.frontEnd = frontEnd;
        this.clock = clock;
        this.reports = reports;
        this.redactors = redactors;
        this.retained = retained;
        this.turns = new UploadTurns<>(ArchiveAccess.UPLOADS_AT_ONCE, hosts::isReady, this::begin);
    }

    /**
     * Begins to bring a container's log to the archive. Returns at once.
     *
     * @param job nothing where it is gone
     * @param known what has to be masked, if this process remembers it
     */
    public void begin(RetainedContainer one, Optional<ContainerJob> job, Optional<Redactor> known) {
        turns.enter(one.host(), UploadTask.of(one, job, known, clock.get().uptime()));
        sweepLater();
    }

    /** A host may be ready now. */
    public void hostChanged() {
        turns.beginNext();
    }

    /** Those of a host that does not come back. */
    private void sweepLater() {
        if (!turns.isEmpty() && sweeps.compareAndSet(false, true)) {
            frontEnd.later(UploadTask.LONGEST_BACKOFF, () -> {
                sweeps.set(false);
                turns.removeIf(task -> isOverdue(task) || !isOwed(task))
                        .forEach(task ->
                                isExpired(task, "DockerHost " + task.one().host() + " is unreachable"));
                sweepLater();
            });
        }
    }

    private void begin(UploadTask task) {
        var host = hosts.get(task.one().host()).filter(access -> access.state().isReady());
        if (!isOwed(task) || host.isEmpty()) {
            // Not here: thousands may wait behind it, each of which would begin inside of the one before.
            access.threads().execute(() -> turns.done(task.one().host()));
            again(task, UploadTask.NOT_NOW);
            return;
        }
        try (var scope = JobLogFields.of(task.one().container().labels()).open()) {
            begin(task, host.get());
        }
    }

    private void begin(UploadTask task, HostAccess host) {
        var known = Optional.ofNullable(task.redactor().get());
        var unused = new Upload(access, cluster, redactors, host, task.one(), task.job())
                .run(known)
                .whenComplete((log, failure) -> {
                    turns.done(task.one().host());
                    try (var scope =
                            JobLogFields.of(task.one().container().labels()).open()) {
                        if (failure == null) {
                            ended(task, log);
                        } else {
                            failed(task, Failures.cause(failure));
                        }
                    }
                });
    }

    private boolean isOwed(UploadTask task) {
        return retained.get(task.one().job().uid(), task.one().container().id()).stream()
                .anyMatch(RetainedContainer::isOwed);
    }

    private void again(UploadTask task, Duration wait) {
        if (isOwed(task)) {
            frontEnd.later(wait, () -> {
                turns.enter(task.one().host(), task);
                sweepLater();
            });
        }
    }

    private void ended(UploadTask task, LogState log) {
        if (!isOwed(task)) {
            return;
        }
        if (log instanceof LogState.Stored stored) {
            reports.stored(stored.bytes());
        } else if (log instanceof LogState.Lost lost) {
            reports.failed(task, lost.error());
        }
        settle(task, log);
    }

    private void settle(UploadTask task, LogState log) {
        retained.log(task.one(), log);
        if (task.job().isPresent()) {
            frontEnd.enqueue(task.one().job());
        } else if (!(log instanceof LogState.Owed)) {
            retained.forget(task.one().job());
            frontEnd.unwanted(task.one().host(), task.one().container());
        }
    }

    private void failed(UploadTask task, Throwable failure) {
        var message = requireNonNullElse(failure.getMessage(), "no reason given");
        if (failure instanceof ArchiveException store && store.isRetryable()) {
            retry(task.failed(), message);
        } else if (failure instanceof ArchiveException) {
            lost(task, message);
        } else if (failure instanceof DockerRefusedException) {
            var known = Optional.ofNullable(task.redactor().get()).orElse(Redactor.NONE);
            lost(task, "the daemon does not send it: " + known.redact(message));
        } else if (failure instanceof DockerUnavailableException
                && hosts.isReady(task.one().host())) {
            cut(task.failed(), message);
        } else if (failure instanceof DockerUnavailableException || failure instanceof Upload.NotNow) {
            notNow(task, UploadTask.NOT_NOW, message);
        } else if (failure instanceof IllegalArgumentException) {
            ended(task, new LogState.Lost("log not archived: " + message));
        } else {
            LOG.warn("failed to archive log, retrying", failure);
            retry(task.failed(), "internal error (" + failure.getClass().getSimpleName() + ")");
        }
    }

    private void lost(UploadTask task, String why) {
        ended(task, new LogState.Lost(LogState.LOST + why));
    }

    /** A daemon that is restarted cuts a log once. */
    private void cut(UploadTask task, String why) {
        if (task.failures() < UploadTask.CUTS) {
            notNow(task, task.backoff(), why);
        } else {
            retry(task, why);
        }
    }

    /** For a reason that is nobody's fault, or has its place in the status of the host. */
    private void notNow(UploadTask task, Duration wait, String why) {
        LOG.debug("log not archived yet: {}", why);
        if (!isExpired(task, why)) {
            again(task, wait);
        }
    }

    /** Another try would find nothing to upload. */
    private boolean isGone(UploadTask task, String why) {
        var gone = retained.get(task.one().job().uid(), task.one().container().id())
                .filter(RetainedContainer::gone)
                .isPresent();
        if (gone) {
            lost(task, "the container was removed before its log was archived: " + why);
        }
        return gone;
    }

    private boolean isExpired(UploadTask task, String why) {
        if (!isOverdue(task)) {
            return false;
        }
        lost(task, why + "; gave up after " + StatusFormat.duration(access.patience()));
        return true;
    }

    private boolean isOverdue(UploadTask task) {
        return clock.get().uptime().minus(task.since()).compareTo(access.patience()) >= 0;
    }

    private void retry(UploadTask task, String why) {
        if (!isOwed(task) || isGone(task, why) || isExpired(task, why)) {
            return;
        }
        var error = LogState.RETRYING + why;
        reports.failed(task, error);
        if (!task.isReported()) {
            // Once: a store that is away for hours must not cost a write for each try.
            settle(task, new LogState.Owed(error));
        }
        again(task.reported(), task.backoff());
    }
}
