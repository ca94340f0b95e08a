package dev.longshore.job.archiving;

import dev.longshore.api.ContainerJob;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.Redactor;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.log.WholeLog;
import dev.longshore.job.ClusterView;
import dev.longshore.job.JobLabels;
import dev.longshore.job.operation.Redactors;
import dev.longshore.job.operation.Secrecy;
import dev.longshore.job.operation.SecretsNow;
import dev.longshore.job.retention.LogState;
import dev.longshore.job.retention.RetainedContainer;
import dev.longshore.job.retention.Retention;
import dev.longshore.kubernetes.LeftOut;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * One try to bring a container's log to the archive, unless it is there already. Calls of the daemon are on threads of its host,
 * and so short that a slow store does not count against it; the log itself is read on a connection of its own, by the thread that
 * writes it to the store.
 */
final class Upload {
    private final ArchiveAccess access;
    private final ClusterView cluster;
    private final Redactors redactors;
    private final HostAccess host;
    private final RetainedContainer one;
    private final Optional<ContainerJob> job;

    /** @param job as it was when the container ended; nothing where it is gone */
    Upload(
            ArchiveAccess access,
            ClusterView cluster,
            Redactors redactors,
            HostAccess host,
            RetainedContainer one,
            Optional<ContainerJob> job) {
        this.access = access;
        this.cluster = cluster;
        this.redactors = redactors;
        this.host = host;
        this.one = one;
        this.job = job;
    }

    /** It cannot be done now, for a reason that is nobody's fault. */
    static final class NotNow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotNow(String message) {
            super(message, null, false, false);
        }
    }

    /** @param known what has to be masked, if this process remembers it */
    CompletableFuture<LogState> run(Optional<Redactor> known) {
        return CompletableFuture.supplyAsync(this::stored, access.threads())
                .thenCompose(stored -> stored.map(CompletableFuture::completedFuture)
                        .orElseGet(() -> known.map(this::copy).orElseGet(this::findSecrets)));
    }

    private Optional<LogState> stored() {
        var key = key();
        var size = access.archive().size(key);
        return size.isEmpty()
                ? Optional.empty()
                : Optional.of(new LogState.Stored(access.archive().url(key), size.getAsLong(), null));
    }

    /** @throws IllegalArgumentException if someone has made up the labels of the container */
    private ArchiveKey key() {
        return new ArchiveKey(one.job().namespace(), one.job().name(), one.job().uid(), one.attempt());
    }

    private CompletableFuture<LogState> findSecrets() {
        return CompletableFuture.supplyAsync(this::whole, access.threads()).thenCompose(whole -> {
            var now = SecretsNow.of(whole, cluster);
            return host.call(CallKind.LOGS, docker -> {
                        var container = inspect(docker);
                        return Secrecy.concerns(whole, container)
                                ? Secrecy.find(whole, container, docker, now)
                                : Secrecy.Found.NONE;
                    })
                    .thenCompose(
                            found -> found.complete() ? copy(redactors.of(found.values())) : lost(Secrecy.INCOMPLETE));
        });
    }

    /** A job that is gone has left what counts in the labels of its container. */
    private ContainerJob whole() {
        if (job.isPresent() && !LeftOut.isStub(job.get())) {
            return job.get();
        }
        return job.flatMap(stub -> cluster.job(one.job())).orElseGet(() -> {
            var gone = new ContainerJob();
            gone.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(one.job().namespace())
                    .withName(one.job().name())
                    .withUid(one.job().uid())
                    .build());
            return gone;
        });
    }

    private static CompletableFuture<LogState> lost(String why) {
        return CompletableFuture.completedFuture(new LogState.Lost("log not archived: " + why));
    }

    /** It is the job's only if its labels say so, now as before. */
    private ContainerSnapshot inspect(DockerEngine docker) {
        var found = docker.inspect(one.container().id())
                .filter(container -> JobLabels.isSame(one.container().labels(), container.labels()))
                .orElseThrow(() -> new DockerRefusedException(
                        HttpURLConnection.HTTP_NOT_FOUND, "the container was removed", null));
        if (found.state() != ContainerSnapshot.State.EXITED) {
            throw new NotNow("container " + found.name() + " was started again");
        }
        return found;
    }

    private CompletableFuture<LogState> copy(Redactor redactor) {
        if (!Redactors.fits(redactor)) {
            return lost(Redactors.TOO_LARGE + ", or set spec.logs.archive to false");
        }
        return redactors
                .use(
                        one.job().namespace(),
                        redactor,
                        () -> host.call(CallKind.LOGS, this::open)
                                .thenApplyAsync(log -> copy(log, redactor), access.threads()))
                .orElseGet(() -> CompletableFuture.failedFuture(new NotNow("other jobs are masking large Secrets")));
    }

    private LogStream open(DockerEngine docker) {
        return docker.openLog(inspect(docker).id(), LogQuery.ALL);
    }

    private LogState copy(LogStream opened, Redactor redactor) {
        var key = key();
        var most = Retention.most(job, one.container()).orElse(0L);
        var first = List.of(opened).iterator();
        try (opened;
                var upload = access.archive().upload(key)) {
            var truncated =
                    WholeLog.copy(() -> first.hasNext() ? first.next() : reopened(), redactor, most, upload.stream());
            return new LogState.Stored(access.archive().url(key), upload.commit(), truncated);
        }
    }

    private LogStream reopened() {
        try {
            return host.call(CallKind.LOGS, this::open).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
