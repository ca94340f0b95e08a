package dev.longshore.cli.log;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobLogs;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.cli.daemon.OutOfReachException;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.log.ContainerLog;
import dev.longshore.job.JobPhases;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The log of one attempt: from its container while that is there, else from the archive, else the excerpt in the job's status.
 * Which one is only said where something is missing. One thread.
 */
final class AttemptLog {
    private final JobContainer containers;
    private final ArchiveReader archive;
    private final LogOutput output;
    private final int attempt;
    private final LogQuery query;
    /** Whether something of the log was. */
    private boolean shown;

    /** Why not all of it was; empty if it was. */
    private String problem = "";
    /** Whether the container's log driver keeps nothing that can be read, now or later. */
    private boolean unreadable;

    private boolean triedArchive;
    /** What the archive could not give although the person named it. */
    private String archiveProblem = "";

    private boolean isDamaged;

    AttemptLog(JobContainer containers, ArchiveReader archive, LogOutput output, int attempt, LogQuery query) {
        this.containers = containers;
        this.archive = archive;
        this.output = output;
        this.attempt = attempt;
        this.query = query;
    }

    int attempt() {
        return attempt;
    }

    boolean isShown() {
        return shown;
    }

    boolean isUnreadable() {
        return unreadable;
    }

    /** Why not all of the log was shown; empty if it was. */
    String problem() {
        return problem;
    }

    /** From the container, or if that is not there and has ended, from the archive. */
    void copy(ContainerJob job, String container) {
        try {
            containers.copyLog(job, container, query, new ToOutput());
            shown = true;
        } catch (OutOfReachException e) {
            problem = e.getMessage();
            unreadable = e.getCause() instanceof DockerRefusedException refused && refused.isNotImplemented();
            if (shown) {
                output.say("failed to read the rest of the log: " + problem);
            } else {
                copyArchived(job);
            }
        }
    }

    /** From the archive, unless that was tried, or the attempt has not ended. */
    void copyArchived(ContainerJob job) {
        if (!shown && !triedArchive && hasEnded(job)) {
            copyArchivedNow(job);
        }
    }

    /** The same of a job that was deleted: its containers have ended, whatever its last status was. */
    void copyLastArchived(ContainerJob deleted) {
        if (!shown) {
            copyArchivedNow(deleted);
        }
    }

    private void copyArchivedNow(ContainerJob job) {
        triedArchive = true;
        var key = new ArchiveKey(
                job.getMetadata().getNamespace(),
                job.getMetadata().getName(),
                job.getMetadata().getUid(),
                attempt);
        var copied = archive.copy(key, query, output);
        shown = copied.amount() != ArchiveReader.Amount.NOTHING;
        if (shown) {
            problem = copied.problem();
            if (!problem.isEmpty()) {
                output.say(problem);
            }
            return;
        }
        archiveProblem = copied.problem();
        isDamaged = copied.isDamaged();
        problem =
                joined(problem, archiveProblem.isEmpty() ? ArchiveNote.of(job, key, archive.url(key)) : archiveProblem);
    }

    private boolean hasEnded(ContainerJob job) {
        return JobPhases.finished(job)
                || attempt < JobPhases.lastAttempt(job)
                || job.getStatus().attempts().stream()
                        .anyMatch(one -> Objects.equals(one.attempt(), attempt) && one.finishedAt() != null);
    }

    /** The one in the status, if it is this attempt's. */
    Optional<JobLogs> excerpt(ContainerJob job) {
        var status = job.getStatus();
        return shown || status == null || !Objects.equals(status.attempt(), attempt)
                ? Optional.empty()
                : Optional.ofNullable(status.logs()).filter(logs -> logs.stdout() != null || logs.stderr() != null);
    }

    /** What the status has, if it has any and the archive does not have it. */
    void copyExcerpt(ContainerJob job) {
        if (excerpt(job).isPresent()) {
            copyArchived(job);
        }
        excerpt(job).ifPresent(logs -> {
            var wanted = Excerpt.of(logs, query, job.getStatus());
            // The job's message says what is wrong with its log driver, too.
            var note = wanted.note().isEmpty()
                    ? archiveProblem
                    : unreadable ? wanted.note() : joined(wanted.note(), problem);
            if (!note.isEmpty()) {
                output.say(note);
            }
            output.write(wanted.stdout(), wanted.stderr());
            shown = true;
            problem = isDamaged ? archiveProblem : "";
        });
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
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
