package dev.longshore.cli.log;

import static java.util.Objects.requireNonNullElse;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobLogArchive;
import dev.longshore.archive.ArchiveKey;
import java.util.Objects;
import java.util.Optional;

/**
 * What a status says of an attempt's archived log, for a person who could not read that. The URL is only shown, never opened:
 * whoever may write a status can put any there.
 */
final class ArchiveNote {
    private static final int LONGEST = 500;

    private ArchiveNote() {}

    /**
     * Empty where there is nothing to say.
     *
     * @param own where the log would be in the archive that the person named; empty where none was named
     */
    static String of(ContainerJob job, ArchiveKey key, Optional<String> own) {
        var url = url(job, key.attempt());
        if (url.isPresent() && !url.equals(own)) {
            return elsewhere(url.get(), key, own);
        }
        if (own.isEmpty()) {
            return error(job, key.attempt());
        }
        var error = error(job, key.attempt());
        return "not found in the log archive: " + own.get()
                + (url.isPresent() || error.isEmpty() ? "" : " (" + error + ")");
    }

    private static String elsewhere(String url, ArchiveKey key, Optional<String> own) {
        var end = "/" + key.path();
        if (!url.endsWith(end)) {
            return "the status names a URL that is not one of this job's logs, and is not opened: " + shown(url);
        }
        var archive = shown(url.substring(0, url.length() - end.length()));
        return own.isEmpty()
                ? "the complete log is in a log archive: to read it, add --log-archive " + archive
                : "the log is not at " + own.get() + ", but in another log archive: to read it, use --log-archive "
                        + archive;
    }

    private static Optional<String> url(ContainerJob job, int attempt) {
        var ofAttempt = job.getStatus().attempts().stream()
                .filter(one -> Objects.equals(one.attempt(), attempt))
                .map(JobAttempt::logArchive)
                .filter(Objects::nonNull)
                .findFirst();
        return ofAttempt.or(() -> last(job, attempt).map(JobLogArchive::url));
    }

    private static String error(ContainerJob job, int attempt) {
        return shown(last(job, attempt)
                .map(archive -> requireNonNullElse(archive.error(), ""))
                .orElse(""));
    }

    private static Optional<JobLogArchive> last(ContainerJob job, int attempt) {
        var status = job.getStatus();
        return Objects.equals(status.attempt(), attempt) && status.logs() != null
                ? Optional.ofNullable(status.logs().archive())
                : Optional.empty();
    }

    private static String shown(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
