package dev.longshore.job.status;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobAttemptBuilder;
import dev.longshore.api.JobLogArchive;
import dev.longshore.api.JobLogs;
import dev.longshore.job.retention.LogState;
import dev.longshore.job.retention.RetainedContainer;
import java.util.Objects;

/** What a status has of the logs in the archive. */
public final class ArchivedLogs {
    private ArchivedLogs() {}

    /** A status with what became of a container's log, as far as it has the attempt; the same where it has that already. */
    public static ContainerJobStatus with(ContainerJobStatus status, RetainedContainer one) {
        var log = one.log();
        if (log instanceof LogState.Stored stored) {
            var attempts = with(status, one.attempt(), stored.url());
            return isLast(attempts, one)
                    ? archive(
                            attempts, new JobLogArchive(stored.url(), stored.bytes(), truncated(status, stored), null))
                    : attempts;
        }
        var error = log instanceof LogState.Owed owed
                ? owed.error()
                : log instanceof LogState.Lost lost ? lost.error() : null;
        return error == null || !isLast(status, one) || one.gone() && isStored(status)
                ? status
                : archive(status, new JobLogArchive(null, null, null, StatusSize.message(error)));
    }

    /** Another process, or this one, may have stored it before its container was gone. */
    private static boolean isStored(ContainerJobStatus status) {
        return status.logs() != null
                && status.logs().archive() != null
                && status.logs().archive().url() != null;
    }

    /** Whether a status says that the log of its last attempt is still to be archived. */
    public static boolean isOwed(ContainerJobStatus status) {
        var archive =
                status == null || status.logs() == null ? null : status.logs().archive();
        return archive != null
                && archive.error() != null
                && archive.error().startsWith(LogState.RETRYING)
                && status.attempt() != null
                && status.exitCode() != null;
    }

    /** Another process may have known. */
    private static Boolean truncated(ContainerJobStatus status, LogState.Stored stored) {
        var known = status.logs() == null ? null : status.logs().archive();
        return stored.truncated() == null && known != null && stored.url().equals(known.url())
                ? known.truncated()
                : stored.truncated();
    }

    private static ContainerJobStatus with(ContainerJobStatus status, int attempt, String url) {
        var attempts = status.attempts().stream()
                .map(one -> one.attempt() == attempt && !url.equals(one.logArchive())
                        ? JobAttemptBuilder.builder(one).logArchive(url).build()
                        : one)
                .toList();
        return attempts.equals(status.attempts())
                ? status
                : ContainerJobStatusBuilder.builder(status).attempts(attempts).build();
    }

    /** Whether it is the attempt whose log and exit code the status has. */
    private static boolean isLast(ContainerJobStatus status, RetainedContainer one) {
        return Integer.valueOf(one.attempt()).equals(status.attempt()) && status.exitCode() != null;
    }

    /** A status that says that there will be no log. */
    public static ContainerJobStatus lost(ContainerJobStatus status, String why) {
        return archive(status, new JobLogArchive(null, null, null, StatusSize.message(LogState.LOST + why)));
    }

    private static ContainerJobStatus archive(ContainerJobStatus status, JobLogArchive archive) {
        var logs = status.logs();
        if (logs != null && Objects.equals(logs.archive(), archive)) {
            return status;
        }
        return ContainerJobStatusBuilder.builder(status)
                .logs(
                        logs == null
                                ? new JobLogs(null, null, null, archive)
                                : new JobLogs(logs.stdout(), logs.stderr(), logs.truncated(), archive))
                .build();
    }
}
