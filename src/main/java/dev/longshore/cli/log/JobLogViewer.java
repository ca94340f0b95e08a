package dev.longshore.cli.log;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobPhase;
import dev.longshore.cli.output.StatusText;
import dev.longshore.cli.output.Unobserved;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Shows the log of a job, of one attempt as {@link AttemptLog} has it. Followed, it
 * waits for the start, goes over to the next attempt's container, and ends with the job.
 */
public final class JobLogViewer {
    private static final long YEARS_IN_DAYS = 3650;

    private final KubernetesClient client;
    private final JobContainer containers;
    private final ArchiveReader archive;
    private final LogOutput output;
    private final LogQuery query;
    /** As it was observed last; null once it was deleted. */
    private ContainerJob job;

    /** Null before the first. */
    private AttemptLog current;

    private String waitsFor = "";

    /** What there was to be shown. */
    public enum Shown {
        /** All of it, or the excerpt. */
        LOG,
        /** No container was started. */
        NOTHING,
        /** There is a log, but it, or its end, could not be had. */
        TOO_LITTLE
    }

    public JobLogViewer(
            KubernetesClient client, ContainerJob job, ArchiveReader archive, LogOutput output, LogQuery query) {
        this.client = client;
        this.job = job;
        this.containers = new JobContainer(client, new DockerJavaEngineFactory());
        this.archive = archive;
        this.output = output;
        this.query = query;
    }

    /** From the container, and what the status has: the archive has nothing of a job that has just begun. */
    public static JobLogViewer following(KubernetesClient client, ContainerJob job, LogOutput output) {
        return new JobLogViewer(client, job, ArchiveReader.none(), output, new LogQuery(true, null, null));
    }

    /** The job at the end; nothing where it was deleted. */
    public Optional<ContainerJob> job() {
        return Optional.ofNullable(job);
    }

    /** The last attempt that has started, or what follows. */
    public Shown show() {
        do {
            if (query.follow()) {
                awaitNext();
            }
            // Of an attempt that was over before its container could be asked.
            copyExcerpt();
            newAttempt().ifPresent(this::copy);
        } while (query.follow()
                && job != null
                && !(JobPhases.finished(job) && newAttempt().isEmpty()));
        copyExcerpt();
        return conclude();
    }

    /** One attempt, without following it. */
    public Shown show(AttemptChoice choice) {
        var last = lastStarted(job).map(JobAttempt::attempt).orElse(0);
        var wanted = choice.of(last);
        if (wanted < 1 || wanted > last) {
            output.say(choice.missing(name(), wanted, last));
            return last == 0 ? Shown.NOTHING : Shown.TOO_LITTLE;
        }
        // Of those that the status does not list any more, the name is known.
        var container = job.getStatus().attempts().stream()
                .filter(tried -> tried.attempt() == wanted)
                .map(JobAttempt::containerID)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> JobLabels.containerName(job, wanted));
        current = new AttemptLog(containers, archive, output, wanted, query);
        current.copy(job, container);
        copyExcerpt();
        return conclude();
    }

    private void copyExcerpt() {
        if (current != null && job != null) {
            current.copyExcerpt(job);
        }
    }

    /** Until there is something to show, or there will be nothing. */
    private void awaitNext() {
        var observed = new AtomicReference<>(job);
        ContainerJob found;
        try (var unobserved = Unobserved.remind(observed::get, output::say)) {
            found = client.resources(ContainerJob.class)
                    .inNamespace(job.getMetadata().getNamespace())
                    .withName(job.getMetadata().getName())
                    .waitUntilCondition(
                            now -> {
                                observed.set(now);
                                return isNew(now);
                            },
                            YEARS_IN_DAYS,
                            TimeUnit.DAYS);
        }
        if (found == null || !isSame(found)) {
            output.say("ContainerJob " + name() + " was deleted");
            if (current != null) {
                current.copyLastArchived(job);
            }
            job = null;
        } else {
            job = found;
        }
    }

    private boolean isSame(ContainerJob other) {
        return other.getMetadata().getUid().equals(job.getMetadata().getUid());
    }

    private boolean isNew(ContainerJob now) {
        if (now == null
                || !isSame(now)
                || JobPhases.finished(now)
                || (current != null && current.excerpt(now).isPresent())
                || newAttempt(now).isPresent()) {
            return true;
        }
        if (JobPhases.of(now) == JobPhase.PENDING && !waitsFor.equals(StatusText.state(now))) {
            waitsFor = StatusText.state(now);
            output.say("waiting for ContainerJob " + now.getMetadata().getName() + " to start: " + waitsFor);
        }
        return false;
    }

    private Optional<JobAttempt> newAttempt() {
        return Optional.ofNullable(job).flatMap(this::newAttempt);
    }

    private Optional<JobAttempt> newAttempt(ContainerJob of) {
        return lastStarted(of).filter(started -> current == null || started.attempt() > current.attempt());
    }

    private static Optional<JobAttempt> lastStarted(ContainerJob job) {
        return job.getStatus() == null
                ? Optional.empty()
                : job.getStatus().attempts().stream()
                        .filter(tried -> tried.startedAt() != null && tried.containerID() != null)
                        .reduce((earlier, later) -> later);
    }

    private void copy(JobAttempt started) {
        // The end of what there was is wanted, not that of each attempt.
        var wanted = current == null ? query : new LogQuery(true, null, query.since());
        if (current != null) {
            current.copyArchived(job);
            output.say("attempt " + started.attempt() + " of ContainerJob " + name());
        }
        current = new AttemptLog(containers, archive, output, started.attempt(), wanted);
        current.copy(job, started.containerID());
        if (query.follow() && !current.isShown() && current.excerpt(job).isEmpty()) {
            output.say("cannot follow the log: " + current.problem()
                    + (current.isUnreadable()
                            ? "; waiting for the job to finish"
                            : "; waiting for the log tail in the job's status"));
        }
    }

    private Shown conclude() {
        if (current != null && current.isShown()) {
            return current.problem().isEmpty() ? Shown.LOG : Shown.TOO_LITTLE;
        }
        if (job == null) {
            return current == null ? Shown.NOTHING : Shown.TOO_LITTLE;
        }
        if (current == null) {
            output.say("no log" + (JobPhases.finished(job) ? "" : " yet") + ": ContainerJob " + name()
                    + " has not started: " + StatusText.state(job));
            return Shown.NOTHING;
        }
        output.say("failed to read the log of " + attempt() + "ContainerJob " + name() + ": " + current.problem()
                + (current.isUnreadable() ? "" : afterwards()));
        return Shown.TOO_LITTLE;
    }

    /** If it is not the last. */
    private String attempt() {
        return current.attempt() == JobPhases.lastAttempt(job) ? "" : "attempt " + current.attempt() + " of ";
    }

    private String afterwards() {
        if (!attempt().isEmpty()) {
            return "";
        }
        return JobPhases.finished(job)
                ? "; its status has no log tail: " + StatusText.state(job)
                : "; its status will have the log tail when the job has finished";
    }

    private String name() {
        return job.getMetadata().getName();
    }
}
