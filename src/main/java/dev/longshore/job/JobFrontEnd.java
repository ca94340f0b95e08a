package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Has {@code engine.JobEngine} reconcile jobs. Called from any thread; every method returns at once. */
public interface JobFrontEnd {
    /** Enqueues a job. */
    void enqueue(JobKey job);

    /** The unfinished jobs that are on a host, ask for it, or may be given it. */
    Collection<JobKey> waitingFor(HostKey host);

    /** A job as it was last received; nothing where it is not there, as far as is known. */
    Optional<ContainerJob> job(JobKey key);

    /** A container of a job that is not there, as far as is known: to be removed if the API server confirms it. */
    void unwanted(HostKey host, ContainerSnapshot container);

    /** Does something that takes no time, after a while. */
    default void later(Duration wait, Runnable task) {
        CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(task);
    }

    /**
     * Whether this process is still the one that works. Asked where it matters whether another one may do so by now, and not
     * often: it may take a question to the API server.
     */
    default boolean stillLeads() {
        return true;
    }

    /**
     * Whether no other process can have taken over, by what this one knows by itself: nobody is asked. False where that is not
     * certain.
     */
    default boolean surelyLeads() {
        return true;
    }

    /** Whether this process surely leads, or is confirmed to: asked before each start is begun. */
    default boolean mayStart() {
        return surelyLeads();
    }

    /** The number of a host's jobs has changed, or whether it is degraded. */
    void loadChanged(HostKey host);
}
