package dev.longshore.job.archiving;

import static java.util.Objects.requireNonNull;

import dev.longshore.archive.LogArchive;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where logs go.
 *
 * @param patience for which an upload that fails is tried again
 * @param threads where uploads are done, which take as long as the store does
 */
public record ArchiveAccess(LogArchive archive, Duration patience, Executor threads) {
    /** Each may hold a part of an upload in memory. */
    static final int UPLOADS_AT_ONCE = 4;

    public ArchiveAccess {
        requireNonNull(archive, "archive is null");
        requireNonNull(patience, "patience is null");
        requireNonNull(threads, "threads is null");
    }

    public static ArchiveAccess withThreads(LogArchive archive, Duration patience) {
        var threads = new ThreadPoolExecutor(
                UPLOADS_AT_ONCE, UPLOADS_AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, "log-archive");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return new ArchiveAccess(archive, patience, threads);
    }
}
