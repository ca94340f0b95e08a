package dev.longshore.cli.log;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.cli.output.StatusText;
import dev.longshore.cli.output.Unobserved;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.docker.log.ContainerLog;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Shows the log of a job: from the daemon while the container is there, else the excerpt in the job's status. Followed, it
 * waits for the start, goes over to the next attempt's container, and ends with the job.
 */
public final class JobLogViewer {
    private static final long YEARS_IN_DAYS = 3650;

    private final KubernetesClient client;
    private final JobContainer containers;
    private final LogOutput output;
    private final LogQuery query;
    /** As it was seen last; null once it was deleted. */
    private ContainerJob job;

    private int attempt;
    /** How many of them were looked at. */
    private int attempts;

    /** Whether something of this attempt's log was. */
    private boolean shown;

    private String waitsFor = "";
    private String problem = "";
    /** Whether the container's log driver keeps nothing that can be read, now or later. */
    private boolean unreadable;

    /** What there was to be shown. */
    public enum Shown {
        /** All of it, or the excerpt. */
        LOG,
        /** No container was started. */
        NOTHING,
        /** There is a log, but it, or its end, could not be had. */
        TOO_LITTLE
    }

    public JobLogViewer(KubernetesClient client, ContainerJob job, LogOutput output, LogQuery query) {
        this.client = client;
        this.job = job;
        this.containers = new JobContainer(client, new DockerJavaEngineFactory());
        this.output = output;
        this.query = query;
    }

    public static JobLogViewer following(KubernetesClient client, ContainerJob job, LogOutput output) {
        return new JobLogViewer(client, job, output, new LogQuery(true, null, null));
    }

    /** The job at the end; nothing where it was deleted. */
    public Optional<ContainerJob> job() {
        return Optional.ofNullable(job);
    }

    public Shown show() {
        do {
            if (query.follow()) {
                awaitNext();
            }
            // Of an attempt that was over before its container could be asked.
            excerpt().ifPresent(this::write);
            newAttempt().ifPresent(this::copy);
        } while (query.follow()
                && job != null
                && !(JobPhases.finished(job) && newAttempt().isEmpty()));
        excerpt().ifPresent(this::write);
        return conclude();
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
                || excerpt(now).isPresent()
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
        return lastStarted(of).filter(started -> started.attempt() > attempt);
    }

    private static Optional<JobAttempt> lastStarted(ContainerJob job) {
        return job.getStatus() == null
                ? Optional.empty()
                : job.getStatus().attempts().stream()
                        .filter(tried -> tried.startedAt() != null && tried.containerID() != null)
                        .reduce((earlier, later) -> later);
    }

    /** That of the attempt whose log is still owed. */
    private Optional<JobLogs> excerpt() {
        return Optional.ofNullable(job).flatMap(this::excerpt);
    }

    private Optional<JobLogs> excerpt(ContainerJob of) {
        var status = of.getStatus();
        return attempt == 0 || shown || status == null || !Objects.equals(status.attempt(), attempt)
                ? Optional.empty()
                : Optional.ofNullable(status.logs());
    }

    private void copy(JobAttempt started) {
        // The end of what there was is wanted, not that of each attempt.
        var wanted = attempts == 0 ? query : new LogQuery(true, null, query.since());
        if (attempt > 0) {
            output.say("attempt " + started.attempt() + " of ContainerJob " + name());
        }
        attempt = started.attempt();
        attempts++;
        shown = false;
        problem = "";
        unreadable = false;
        try {
            containers.copyLog(job, started.containerID(), wanted, new ToOutput());
            shown = true;
        } catch (JobContainer.OutOfReachException e) {
            problem = e.getMessage();
            unreadable = e.getCause() instanceof DockerRefusedException refused && refused.isNotImplemented();
            if (shown) {
                output.say("failed to read the rest of the log: " + problem);
            } else if (query.follow() && excerpt().isEmpty()) {
                output.say("cannot follow the log: " + problem
                        + (unreadable
                                ? "; waiting for the job to finish"
                                : "; waiting for the log tail in the job's status"));
            }
        }
    }

    private void write(JobLogs excerpt) {
        var wanted = Excerpt.of(excerpt, attempts == 1 ? query : LogQuery.ALL, job.getStatus());
        if (!wanted.note().isEmpty()) {
            // The job's message says so, too.
            output.say(unreadable ? wanted.note() : wanted.note() + "; " + problem);
        }
        output.write(wanted.stdout(), wanted.stderr());
        shown = true;
        problem = "";
    }

    private Shown conclude() {
        if (shown) {
            return problem.isEmpty() ? Shown.LOG : Shown.TOO_LITTLE;
        }
        if (job == null) {
            return attempt == 0 ? Shown.NOTHING : Shown.TOO_LITTLE;
        }
        if (attempt == 0) {
            output.say("no log" + (JobPhases.finished(job) ? "" : " yet") + ": ContainerJob " + name()
                    + " has not started: " + StatusText.state(job));
            return Shown.NOTHING;
        }
        output.say(
                "failed to read the log of ContainerJob " + name() + ": " + problem + (unreadable ? "" : afterwards()));
        return Shown.TOO_LITTLE;
    }

    private String afterwards() {
        return JobPhases.finished(job)
                ? "; its status has no log tail: " + StatusText.state(job)
                : "; its status will have the log tail when the job has finished";
    }

    private String name() {
        return job.getMetadata().getName();
    }

    private final class ToOutput implements ContainerLog.Sink {
        @Override
        public void write(LogEntry entry) {
            shown = true;
            output.write(entry);
        }

        @Override
        public void gap() {
            output.say("lines are missing here or above: the Docker daemon rotated the log before sending them");
        }

        @Override
        public void cut(String why) {
            output.say("log stream interrupted, reconnecting: " + why);
        }
    }
}
